/* Which names of a picture are written, and where: by rank, and never over one another. */

const ROW = 18;
const HIGH = 15;
const LINE = 16;
const BROAD = 240; // a name of several lines is about so wide
const ORDERS = { right: ["right", "left", "under", "over"], left: ["left", "right", "under", "over"], under: ["under", "over", "right", "left"] };
const widths = new Map();
const pen = document.createElement("canvas").getContext("2d");
export const FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** The font of a label. */
export function font(style) {
  return style === "bold" ? `600 13px ${FACE}` : style === "soft" ? `italic 11px ${FACE}` : `12px ${FACE}`;
}

function wide(text, style) {
  const key = style + text;
  let found = widths.get(key);
  if (found === undefined) {
    if (widths.size > 20_000) widths.clear();
    pen.font = font(style);
    found = pen.measureText(text).width;
    widths.set(key, found);
  }
  return found;
}

/** A name as it is written on the picture: the tooltip and the panel have the whole of it. */
export function short(text, most = 30) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
}

/** Rows of boxes, so that only neighbours are compared. */
class Rows {
  constructor() {
    this.rows = new Map();
  }

  taken(x0, y0, x1, y1, own) {
    for (let row = Math.floor(y0 / ROW); row <= Math.floor(y1 / ROW); row++) {
      for (const box of this.rows.get(row) || []) {
        if (box.x0 < x1 && box.x1 > x0 && box.y0 < y1 && box.y1 > y0 && box.own !== own) return true;
      }
    }
    return false;
  }

  take(x0, y0, x1, y1, own) {
    const box = { x0, y0, x1, y1, own };
    for (let row = Math.floor(y0 / ROW); row <= Math.floor(y1 / ROW); row++) {
      const list = this.rows.get(row);
      if (list) list.push(box);
      else this.rows.set(row, [box]);
    }
  }
}

/**
 * Write names.
 *
 * @param {{x: number, y: number, r: number, text: string, style: string, own: object, side?: string, middle?: boolean,
 *   whole?: string, firm?: boolean}[]} wanted by rank, in pixels; `side` (right, left, under) is where a name stands
 *   best, `middle` are those on a line; `whole` is the name that takes the place of a shorter `text` where there is
 *   room once all have theirs; `firm` is never cut, but written in several lines.
 * @param {{x: number, y: number, r: number, own: object}[]} things that no name may cover.
 * @returns {{x: number, y: number, wide: number, text: string, style: string, own: object}[]} x is where the text
 *   begins, y its middle.
 */
export function placed(wanted, things, width, most = 120) {
  const rows = new Rows();
  const found = [];
  for (const { x, y, r, own } of things) rows.take(x - r, y - r, x + r, y + r, own);
  for (const label of wanted) {
    if (found.length >= most) break;
    if (label.firm) found.push(...firmly(label, rows, width));
    else {
      const spot = spotOf(label, label.text, rows, width);
      if (spot) found.push({ ...spot, cut: label.whole && label.whole !== label.text && label });
    }
  }
  return found.map(({ cut, ...one }) => (cut && spotOf(cut, cut.whole, rows, width)) || one);
}

/** Where a text of a label may stand, which is taken then. */
function spotOf(label, text, rows, width) {
  const size = wide(text, label.style);
  const spot = label.middle ? on(label, size, rows) : beside(label, size, rows, width);
  return spot && written(label, text, size, spot, rows);
}

function written(label, text, size, [x, y], rows) {
  rows.take(x - 3, y - HIGH / 2, x + size + 3, y + HIGH / 2, label.own);
  return { x, y, wide: size, text, style: label.style, own: label.own };
}

/** A whole name, beside its thing or in lines beneath it. */
function firmly(label, rows, width) {
  const spot = wide(label.text, label.style) <= BROAD && spotOf(label, label.text, rows, width);
  if (spot) return [spot];
  return lines(label.text, label.style, Math.min(BROAD, width - 16)).map((text, i) => {
    const size = wide(text, label.style);
    const x = Math.max(4, Math.min(label.x - size / 2, width - 4 - size));
    return written(label, text, size, [x, label.y + label.r + 13 + i * LINE], rows);
  });
}

function lines(text, style, most) {
  const found = [];
  for (const word of text.split(" ")) {
    const longer = found.length ? `${found.at(-1)} ${word}` : word;
    if (found.length && wide(longer, style) <= most) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

function on({ x, y }, size, rows) {
  return fits(rows, x - size / 2, y, size) ? [x - size / 2, y] : null;
}

/** Beside the thing, on the side that is best or else another; never beyond the edge of the picture. */
function beside({ x, y, r, side, own }, size, rows, width) {
  const inside = x > -10 && x < width + 10;
  const fitting = !inside || size < width - 8;
  const under = inside ? Math.max(4, Math.min(x - size / 2, width - 4 - size)) : x - size / 2;
  const spots = {
    right: !(inside && x + r + 5 + size > width - 4) && [x + r + 5, y],
    left: !(inside && x - r - 5 - size < 4) && [x - r - 5 - size, y],
    under: fitting && [under, y + r + 11],
    over: fitting && [under, y - r - 11],
  };
  for (const name of ORDERS[side] || ORDERS.right) {
    const spot = spots[name];
    if (spot && fits(rows, spot[0], spot[1], size, own)) return spot;
  }
  return null;
}

function fits(rows, x, y, size, own) {
  return !rows.taken(x - 3, y - HIGH / 2, x + size + 3, y + HIGH / 2, own);
}
