/* The picture as it is handed on: what is on the screen with a title, a date, a legend and the address it is from. */

import { holdable } from "./dom.js";
import { FACE, font } from "./labels.js";
import { several } from "./names.js";
import { colours, faint, pathFor, round } from "./shapes.js";

const HEAD = 62;
const FOOT = 40;
const NARROW = 640; // what the title and the legend need

/** Text that stands in markup. */
export function escaped(text) {
  const clean = holdable(String(text));
  return clean.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function tag(name, attributes, inside) {
  const told = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== false);
  const written = told.map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
  return inside === undefined ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}

function words(x, y, text, attributes = {}) {
  return tag("text", { x: round(x), y: round(y), ...attributes }, escaped(text));
}

/**
 * What a canvas has drawn, as SVG.
 *
 * @param {object} drawn what `drawn()` of a canvas gives
 * @param {{title: string, note: string, date: string, link: string, kinds: [string, number][], dashed: string}} about
 */
export function svg(drawn, about) {
  const width = Math.max(NARROW, Math.round(drawn.width));
  const height = Math.round(drawn.height);
  const look = colours();
  const link = lines(about.link, Math.floor(width / 6.5));
  const whole = height + HEAD + FOOT + 15 * link.length;
  const inner = [...drawn.links.map((one) => line(one, look)), ...drawn.arrows.map((one) => head(one, look)),
    ...drawn.nodes.map((one) => mark(one, look)), ...drawn.labels.map((one) => label(one, look))];
  const clip = tag("clipPath", { id: "frame" }, tag("rect", { x: 0, y: 0, width: Math.round(drawn.width), height }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("svg", {
    xmlns: "http://www.w3.org/2000/svg", width, height: whole, viewBox: `0 0 ${width} ${whole}`, "font-family": FACE, role: "img",
  }, [
    tag("title", {}, escaped(about.title)), tag("desc", {}, escaped(`${about.note} ${about.link}`)), tag("defs", {}, clip),
    tag("rect", { x: 0, y: 0, width, height: whole, fill: look.paper }),
    words(16, 28, about.title, { "font-size": 19, "font-weight": 650, fill: look.ink }),
    words(16, 48, `${about.note} · ${about.date}`, { "font-size": 12.5, fill: look.soft }),
    tag("g", { transform: `translate(${Math.round((width - drawn.width) / 2)} ${HEAD})`, "clip-path": "url(#frame)" }, `\n${inner.join("\n")}\n`),
    legend(about, look, height + HEAD + 20),
    ...link.map((part, i) => words(16, height + HEAD + 44 + 15 * i, part, { "font-size": 11, fill: look.soft })),
  ].join("\n"))}\n`;
}

/** A long address in lines. */
function lines(text, most) {
  return text.match(new RegExp(`.{1,${most}}`, "gu")) || [];
}

function line({ from, over, to, bend, tone, thick, dashed }, look) {
  const [a, b] = [`${round(from.x)} ${round(from.y)}`, `${round(to.x)} ${round(to.y)}`];
  const stroke = tone === 1 ? look.accent : look.soft;
  return tag("path", {
    d: bend ? `M${a}Q${round(over.x)} ${round(over.y)} ${b}` : `M${a}L${b}`, fill: "none", stroke,
    "stroke-opacity": tone === 1 ? 1 : tone === 2 ? 0.13 : 0.5, "stroke-width": (tone === 1 ? 2 : 1) * thick,
    "stroke-dasharray": dashed ? "6 4" : undefined,
  });
}

function head({ tip, angle }, look) {
  const corner = (turn) => `${round(tip[0] + 10 * Math.cos(angle + turn))} ${round(tip[1] + 10 * Math.sin(angle + turn))}`;
  return tag("path", { d: `M${round(tip[0])} ${round(tip[1])}L${corner(2.75)}L${corner(-2.75)}Z`, fill: look.accent });
}

function mark({ kind, colour, x, y, r, tone, ring }, look) {
  const own = colour || look.kinds[kind] || look.soft;
  const hollow = kind === "unit";
  const round1 = ring ? tag("circle", { cx: round(x), cy: round(y), r: r + 6, fill: "none", stroke: look.ink, "stroke-width": 2 }) : "";
  return tag("path", {
    d: pathFor(kind, x, y, r), fill: hollow ? look.paper : own, stroke: hollow ? own : look.paper, "stroke-width": hollow ? 2 : 1.5,
    opacity: tone === 2 ? 0.2 : undefined,
  }) + round1;
}

function label({ x, y, text, style, wide }, look) {
  const [size] = /\d+px/.exec(font(style));
  return words(x, y + 4, text, {
    "font-size": size, "font-weight": style === "bold" ? 600 : undefined, "font-style": style === "soft" ? "italic" : undefined,
    textLength: round(wide), lengthAdjust: "spacingAndGlyphs",
    fill: style === "soft" ? look.soft : look.ink, stroke: faint(look.paper, 0.9), "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
  });
}

function legend({ kinds, dashed }, look, y) {
  let x = 22;
  const parts = [];
  for (const [kind, number] of kinds) {
    const text = `${several(kind)} ${number}`;
    parts.push(tag("path", { d: pathFor(kind, x, y - 4, 5.5), fill: kind === "unit" ? look.paper : look.kinds[kind] || look.soft, stroke: look.kinds[kind] }));
    parts.push(words(x + 11, y, text, { "font-size": 12, fill: look.ink }));
    x += 34 + text.length * 6.6;
  }
  if (dashed) {
    parts.push(tag("path", { d: `M${x - 6} ${y - 4}h26`, stroke: look.soft, "stroke-dasharray": "6 4" }));
    parts.push(words(x + 26, y, dashed, { "font-size": 12, fill: look.ink }));
  }
  return parts.join("");
}

/** A name for a file. */
export function fileName(text, ending) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${plain.slice(0, 60) || "picture"}.${ending}`;
}
