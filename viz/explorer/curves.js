/* The lines between things as they run on the screen, and the sides on which they leave room. `at` is where the picture is: moved by x and y, scaled by k. */

/** Lines between the same two things lie beside each other. */
export function bend(same) {
  if (same.length === 1) return;
  const first = same[0].source;
  for (const [i, link] of same.entries()) {
    const side = ((i % 2 ? 1 : -1) * Math.ceil((i + 1) / 2)) / 8;
    link.bend = link.source === first ? side : -side;
  }
}

/** Where the handle of a line's curve is, in pixels. */
export function middle({ source, target, bend: bent }, { x, y, k }) {
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  return { x: ((source.x + target.x) / 2 + dy * bent) * k + x, y: ((source.y + target.y) / 2 - dx * bent) * k + y };
}

/** The point of a line at a share of its length. */
export function point(link, share, at) {
  const over = middle(link, at);
  const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  const from = { x: link.source.x * at.k + at.x, y: link.source.y * at.k + at.y };
  const to = { x: link.target.x * at.k + at.x, y: link.target.y * at.k + at.y };
  return { x: a * from.x + b * over.x + c * to.x, y: a * from.y + b * over.y + c * to.y };
}

/** The tip of a line's arrow, and where it points. */
export function arrow(link, at) {
  const over = middle(link, at);
  const [x, y] = [link.target.x * at.k + at.x, link.target.y * at.k + at.y];
  const angle = Math.atan2(y - over.y, x - over.x);
  const far = link.target.r + 3;
  return { tip: [x - far * Math.cos(angle), y - far * Math.sin(angle)], angle };
}

/** Where a name has room: away from where the lines come from; below where they come from both sides. */
export function side(node) {
  const leans = node.ties.map((link) => Math.sign((link.source === node ? link.target : link.source).x - node.x));
  const lean = leans.reduce((sum, one) => sum + one, 0) / (leans.length || 1);
  return Math.abs(lean) < 0.4 && leans.length > 1 ? "under" : lean > 0 ? "left" : "right";
}
