/* The mark of each kind of thing: form and colour, so that nobody has to tell colours apart. */

import { KINDS } from "./names.js";

const STAR = Array.from({ length: 10 }, (_, i) => [i % 2 ? 0.5 : 1.2, -Math.PI / 2 + (i * Math.PI) / 5])
  .map(([far, angle]) => [far * Math.cos(angle), far * Math.sin(angle)]);
const CORNERS = {
  organization: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  unit: [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  award: STAR,
  topic: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  talk: [[-0.85, -1.05], [1.15, 0], [-0.85, 1.05]],
  series: [[0, -1.15], [1.1, 0.9], [-1.1, 0.9]],
};

/** Draw the outline of a kind with a pen: a canvas, or what writes paths. */
export function trace(pen, kind, x, y, r) {
  const corners = CORNERS[kind];
  if (!corners) {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  pen.moveTo(x + r * corners[0][0], y + r * corners[0][1]);
  for (let i = 1; i < corners.length; i++) pen.lineTo(x + r * corners[i][0], y + r * corners[i][1]);
  pen.closePath();
}

/** The same as the path of an SVG. */
export function pathFor(kind, x, y, r) {
  const parts = [];
  const pen = {
    moveTo: (a, b) => parts.push(`M${round(a)} ${round(b)}`),
    lineTo: (a, b) => parts.push(`L${round(a)} ${round(b)}`),
    arc: (a, b, far) => {
      const half = `A${round(far)} ${round(far)} 0 1 1`;
      parts.push(`${half} ${round(a - far)} ${round(b)}${half} ${round(a + far)} ${round(b)}Z`);
    },
    closePath: () => parts.push("Z"),
  };
  trace(pen, kind, x, y, r);
  return parts.join("");
}

export function round(number) {
  return Math.round(number * 10) / 10;
}

/** The colours of the page as it looks now. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const told = (name) => style.getPropertyValue(name).trim();
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, told(`--${kind}`)]));
  return { kinds, ink: told("--ink"), soft: told("--soft"), paper: told("--paper"), accent: told("--accent") || told("--link"), line: told("--line") };
}

/** A colour that lets through what is below. */
export function faint(colour, share) {
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour + Math.round(share * 255).toString(16).padStart(2, "0") : colour;
}
