/* What is under the pointer: a thing, a name, or a line. */

import { point } from "./curves.js";

const SHARES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];

/** What is nearest to a point of the picture, within some pixels; null where nothing is. */
export function nearest({ at, nodes, links, names }, x, y, within) {
  if (!at) return null;
  return thing(nodes, at, x, y, within) || name(names, at, x, y) || line(links, at, x, y, within);
}

function thing(nodes, at, x, y, within) {
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const far = Math.hypot(node.x * at.k + at.x - x, node.y * at.k + at.y - y) - node.r;
    if (far < within && far < least) [best, least] = [node, far];
  }
  return best;
}

function name({ list, x: wasX, y: wasY }, at, x, y) {
  const [a, b] = [x - (at.x - wasX), y - (at.y - wasY)];
  const found = list.find((one) => a >= one.x - 2 && a <= one.x + one.wide + 2 && Math.abs(b - one.y) < 9);
  return found?.own || null;
}

function line(links, at, x, y, within) {
  let best = null;
  let least = within;
  for (const link of links) {
    const far = link.bend ? curved(link, at, x, y) : straight(link, at, x, y);
    if (far < least) [best, least] = [link, far];
  }
  return best;
}

function straight({ source, target }, at, x, y) {
  return toPiece(source.x * at.k + at.x, source.y * at.k + at.y, target.x * at.k + at.x, target.y * at.k + at.y, x, y);
}

function curved(link, at, x, y) {
  const points = SHARES.map((share) => point(link, share, at));
  return Math.min(...points.slice(1).map((to, i) => toPiece(points[i].x, points[i].y, to.x, to.y, x, y)));
}

function toPiece(ax, ay, bx, by, x, y) {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + share * dx - x, ay + share * dy - y);
}
