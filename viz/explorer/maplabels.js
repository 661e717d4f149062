/* Names on a map: the more important first, each where it has room, in pixels of the screen. */

import { FACE } from "./labels.js";

const CELL = 6;
const MOST = 120;
const FAR = 40;
const OUT = 1.3;
const NEAR = 13;
const widths = new Map();

/** A font of a size in pixels. */
export function font(size, bold = false) {
  return `${bold ? "650 " : ""}${size}px ${FACE}`;
}

function width(context, text, size, bold) {
  const key = `${size}${bold ? "b" : ""} ${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20_000) widths.clear();
    context.font = font(size, bold);
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

/** Squares of the screen that are taken. */
function room(across, up) {
  const columns = Math.ceil(across / CELL) + 1;
  const taken = new Uint8Array(columns * (Math.ceil(up / CELL) + 1));
  const each = (box, visit) => {
    const right = Math.floor(box.right / CELL);
    const bottom = Math.floor(box.bottom / CELL);
    for (let row = Math.floor(box.top / CELL); row <= bottom; row += 1) {
      for (let column = Math.floor(box.left / CELL); column <= right; column += 1) {
        if (visit(row * columns + column)) return true;
      }
    }
    return false;
  };
  return {
    fits: (box) => box.left >= 0 && box.top >= 0 && box.right <= across && box.bottom <= up && !each(box, (cell) => taken[cell]),
    take: (box) => each(box, (cell) => { taken[cell] = 1; return false; }),
  };
}

function boxAt(x, y, wide, high) {
  return { left: x, top: y - high / 2, right: x + wide, bottom: y + high / 2 };
}

/** Ways to write the name of a community, one topic a line, the fullest first. */
function* writings(name, size) {
  const lines = name.split(", ").slice(0, 3);
  for (const one of new Set([size, Math.max(11, Math.round(0.75 * size))])) {
    for (let rows = lines.length; rows > 0; rows -= 1) yield { lines: lines.slice(0, rows), size: one };
  }
}

/** All labels that have room: far out those of communities, the nodes' own in what is left.

    `shown` tells: scene, view, whole (the view of all), counts, lit (a set of nodes, or null), width, height. */
export function labelled(context, shown) {
  const space = room(shown.width, shown.height);
  const found = [];
  if (shown.corner) space.take({ left: shown.width - shown.corner.across, top: shown.height - shown.corner.up, right: shown.width, bottom: shown.height });
  if (shown.lit) names(context, shown, space, found, [...shown.lit].filter((index) => shown.counts.nodes[index]), true);
  const isFar = shown.view.k < Math.min(FAR, OUT * shown.whole.k);
  if (isFar) communities(context, shown, space, found);
  if (shown.view.k > NEAR) names(context, shown, space, found, shown.scene.rank, false);
  if (isFar) for (const label of found) label.soft = !label.bold && !shown.lit;
  return found;
}

function communities(context, { scene, view, counts, width: across, height: up, lit }, space, found) {
  const order = [...scene.islands].sort((a, b) => b.nodes.length - a.nodes.length);
  for (const island of order) {
    if (island.nodes.length < 3 || !island.nodes.some((index) => counts.nodes[index])) continue;
    const r = island.r * view.k;
    const x = (island.x - view.x) * view.k + across / 2;
    const y = (island.y - view.y) * view.k + up / 2;
    for (const { lines, size } of writings(island.name, Math.round(Math.max(11, Math.min(18, r / 5.5))))) {
      const wide = Math.max(...lines.map((line) => width(context, line, size, true)));
      const box = boxAt(x - wide / 2, y, wide, lines.length * size * 1.18);
      if (wide > Math.max(3.2 * r, 84) || !space.fits(box)) continue;
      space.take(box);
      found.push({ lines, x, y, size, bold: true, centred: true, box, community: island.id, faint: Boolean(lit) });
      break;
    }
  }
}

function names(context, { scene, view, counts, width: across, height: up, radii, at, lit }, space, found, order, all) {
  const done = new Set(found.map((label) => label.node));
  const written = new Set(found.filter((label) => label.centred).flatMap((label) => label.lines));
  for (const index of order) {
    if (found.length >= MOST) return;
    if (!counts.nodes[index] || done.has(index)) continue;
    const node = scene.chart.nodes[index];
    const x = (node.x - view.x) * view.k + across / 2;
    const y = (node.y - view.y) * view.k + up / 2;
    if (x < 0 || y < 0 || x > across || y > up) continue;
    const r = radii[index];
    const size = Math.round(Math.max(11, Math.min(15, 9 + r / 4)));
    const bold = index === at;
    const text = scene.labels[index];
    if (!all && written.has(text)) continue;
    const wide = width(context, text, size, bold);
    const high = size * 1.2;
    const spots = [[x + r + 3, y], [x - r - 3 - wide, y], [x - wide / 2, y + r + 2 + high / 2], [x - wide / 2, y - r - 2 - high / 2]];
    const spot = spots.find(([left, middle]) => space.fits(boxAt(left, middle, wide, high)));
    if (!spot && !(all && index === at)) continue;
    const [left, middle] = spot || [Math.max(2, Math.min(across - wide - 2, x - wide / 2)), y];
    const box = boxAt(left, middle, wide, high);
    space.take(box);
    found.push({ lines: [text], x: left, y: middle, size, bold, centred: false, box, node: index, faint: Boolean(lit) && !lit.has(index) });
  }
}
