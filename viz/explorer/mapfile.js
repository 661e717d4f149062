/* A map as a file: PNG, or SVG of the same places; with title, caption, date and the address it came from. */

import { draw, holdable, save } from "./dom.js";
import { bundles, colourOf, head, heaps, measured, paint } from "./islands.js";
import { FACE } from "./labels.js";
import { font, labelled } from "./maplabels.js";
import { round } from "./shapes.js";

const SCALE = 2;
const EDGE = 16;
const HEAD = 46;
const LINE = 15;
const LEGEND = 8;

/** Text in lines that are no wider than so much. */
function wrapped(context, text, width) {
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && context.measureText(`${last} ${word}`).width <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** What stands below a picture. */
function below(context, shown, about) {
  context.font = font(11.5);
  const width = shown.width - 2 * EDGE;
  const { chart } = shown.scene;
  const when = new Date().toISOString().slice(0, 10);
  const told = [`${chart.caption} ${about.years}`.trim(), `Area of a node: ${chart.counted}. Width of a line: ${chart.measure}. ${chart.parameters}.`, `${when}  ${about.address}`];
  const legend = shown.scene.islands.slice(0, LEGEND);
  return { lines: told.flatMap((text) => wrapped(context, text, width)), legend, rest: shown.scene.islands.length - legend.length };
}

function heights(foot) {
  const legend = foot.legend.length * LINE + (foot.rest > 0 ? LINE : 0);
  return { legend, foot: legend + foot.lines.length * LINE + 2 * EDGE };
}

function rest(foot) {
  return `and ${foot.rest} smaller communities`;
}

/** Save what is on the screen as a PNG. */
export function png(shown, theme, about) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const foot = below(context, shown, about);
  const high = heights(foot);
  canvas.width = SCALE * shown.width;
  canvas.height = SCALE * (HEAD + shown.height + high.foot);
  context.scale(SCALE, SCALE);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.save();
  context.translate(0, HEAD);
  context.beginPath();
  context.rect(0, 0, shown.width, shown.height);
  context.clip();
  paint(context, { ...shown }, theme);
  context.restore();
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillStyle = theme.ink;
  context.font = font(19, true);
  context.fillText(about.title, EDGE, 31);
  let y = HEAD + shown.height + EDGE + 4;
  context.font = font(11.5);
  for (const island of foot.legend) {
    context.fillStyle = colourOf(theme, island.id);
    context.fillRect(EDGE, y - 8, 9, 9);
    context.fillStyle = theme.ink;
    context.fillText(`${island.name} (${island.size})`, EDGE + 15, y);
    y += LINE;
  }
  if (foot.rest > 0) context.fillText(rest(foot), EDGE + 15, y);
  y = HEAD + shown.height + EDGE + 10 + high.legend;
  context.fillStyle = theme.soft;
  foot.lines.forEach((line, row) => context.fillText(line, EDGE, y + row * LINE));
  canvas.toBlob((blob) => blob && save(`${about.name}.png`, "image/png", blob), "image/png");
}

/** The lines of a bundle as the data of a path. */
function strokes(shown, bundle) {
  const parts = [];
  const pen = { moveTo: (x, y) => parts.push(`M${round(x)} ${round(y)}`), lineTo: (x, y) => parts.push(`L${round(x)} ${round(y)}`) };
  for (const link of bundle.links) {
    const [a, b] = shown.scene.chart.links[link];
    pen.moveTo(shown.xs[a], shown.ys[a]);
    pen.lineTo(shown.xs[b], shown.ys[b]);
    if (bundle.heads) head(pen, shown, a, b);
  }
  return parts.join("");
}

/** The same as a drawing. */
export function drawing(shown, theme, about) {
  const context = document.createElement("canvas").getContext("2d");
  const foot = below(context, shown, about);
  const high = heights(foot);
  const [width, height] = [Math.round(shown.width), Math.round(HEAD + shown.height + high.foot)];
  measured(shown);
  const family = { "font-family": FACE };
  const links = bundles(shown, theme).map((bundle) => draw("path", {
    d: strokes(shown, bundle),
    stroke: bundle.colour, "stroke-width": round(bundle.wide), "stroke-opacity": bundle.alpha, fill: "none",
  }));
  const discs = heaps(shown, theme).map((heap) => draw("g", { fill: heap.colour, "fill-opacity": heap.alpha },
    heap.nodes.map((index) => draw("circle", { cx: round(shown.xs[index]), cy: round(shown.ys[index]), r: round(shown.radii[index]) },
      draw("title", {}, shown.scene.chart.nodes[index].label)))));
  const rings = (shown.ringed || []).map((index) => draw("circle", {
    cx: round(shown.xs[index]), cy: round(shown.ys[index]), r: round(shown.radii[index] + 2.5), fill: "none", stroke: theme.ink, "stroke-width": 2,
  }));
  const labels = labelled(context, shown).map((label) => draw("g", {}, label.lines.map((line, row) => draw("text", {
    x: round(label.x), y: round(label.y + (row - (label.lines.length - 1) / 2) * label.size * 1.18), "dominant-baseline": "central",
    "font-size": label.size, "font-weight": label.bold ? 650 : 400, "text-anchor": label.centred ? "middle" : "start",
    fill: label.soft ? theme.soft : theme.ink, "fill-opacity": label.faint ? 0.35 : 1, stroke: theme.paper, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke", ...family,
  }, line))));
  const bottom = HEAD + shown.height + EDGE + 4;
  const small = { "font-size": 11.5, ...family };
  const legend = foot.legend.flatMap((island, row) => [
    draw("rect", { x: EDGE, y: bottom - 8 + row * LINE, width: 9, height: 9, fill: colourOf(theme, island.id) }),
    draw("text", { x: EDGE + 15, y: bottom + row * LINE, fill: theme.ink, ...small }, `${island.name} (${island.size})`),
  ]);
  if (foot.rest > 0) legend.push(draw("text", { x: EDGE + 15, y: bottom + foot.legend.length * LINE, fill: theme.ink, ...small }, rest(foot)));
  const told = foot.lines.map((line, row) => draw("text", { x: EDGE, y: bottom + 6 + high.legend + row * LINE, fill: theme.soft, ...small }, line));
  return draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    draw("title", {}, about.title),
    draw("clipPath", { id: "frame" }, draw("rect", { width, height: round(shown.height) })),
    draw("rect", { width, height, fill: theme.paper }),
    draw("text", { x: EDGE, y: 31, "font-size": 19, "font-weight": 650, fill: theme.ink, ...family }, about.title),
    draw("g", { transform: `translate(0 ${HEAD})`, "clip-path": "url(#frame)" }, links, discs, rings, labels),
    legend, told);
}

/** Save what is on the screen as SVG. */
export function svg(shown, theme, about) {
  const text = new XMLSerializer().serializeToString(drawing(shown, theme, about));
  save(`${about.name}.svg`, "image/svg+xml", holdable(text));
}
