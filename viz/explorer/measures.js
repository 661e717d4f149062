/* Small drawings that stand in the rows of a table: bars, and spans of years. */

import { draw, make } from "./dom.js";

const WIDE = 160;

/** A bar as long as its number beside the largest. */
export function barOf(value, most) {
  const length = most > 0 ? Math.max(1, (Math.abs(value) / most) * WIDE) : 0;
  return picture(draw("rect", { class: value < 0 ? "less" : "more", x: 0, y: 2, width: length.toFixed(1), height: 10, rx: 2 }));
}

/** The years of a row on a scale; a single one is a dot. */
export function spanOf([start, end], first, last) {
  if (!start) return picture(draw("line", { class: "ground", x1: 0, x2: WIDE, y1: 7, y2: 7 }));
  const at = (year) => 5 + ((year - first) / (last - first || 1)) * (WIDE - 10);
  const ground = draw("line", { class: "ground", x1: 0, x2: WIDE, y1: 7, y2: 7 });
  if (start === end) return picture(ground, draw("circle", { class: "more", cx: at(start).toFixed(1), cy: 7, r: 4.5 }));
  return picture(
    ground,
    draw("rect", {
      class: "more",
      x: at(start).toFixed(1),
      y: 3,
      width: Math.max(4, at(end) - at(start)).toFixed(1),
      height: 8,
      rx: 4,
    }),
  );
}

/** The first and the last year of a scale, above the spans. */
export function scaleOf(first, last) {
  return make(
    "span",
    { class: "scale", "aria-hidden": "true" },
    make("span", {}, String(first)),
    first !== last && make("span", {}, String(last)),
  );
}

function picture(...parts) {
  return draw(
    "svg",
    { class: "measure", viewBox: `0 0 ${WIDE} 14`, width: WIDE, height: 14, "aria-hidden": "true", focusable: "false" },
    ...parts,
  );
}

/** Parts with something between each two. */
export function between(parts, mark) {
  return parts.flatMap((part, i) => (i ? [mark, part] : [part]));
}
