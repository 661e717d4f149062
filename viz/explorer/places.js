/* Where newcomers of a picture are put: on rings, and never where something is. */

const NEAR = 62; // between two things
const WIDE = 1.4; // names are wider than high, so things stand further apart sideways
const RING = 78;
const START = 120;

/** The places of a number of things on rings, between two angles. */
export function fan(from, to, number) {
  const spots = [];
  let inner = 0;
  for (let radius = START, ring = 0; spots.length < number; radius += RING, ring++) {
    const room = Math.max(1, Math.floor(((to - from) * radius) / NEAR));
    const here = Math.min(room, number - spots.length);
    const aside = ring % 2 ? (to - from) / inner / 4 : 0; // so that no line runs through a thing of the ring before
    for (let i = 0; i < here; i++) spots.push(at(0, 0, radius, from + ((i + 0.5) / here) * (to - from) + aside));
    inner = here;
  }
  return spots;
}

function at(x, y, radius, angle) {
  return [Math.round(x + WIDE * radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))];
}

/** What is taken, and the next place that is free. */
export class Places {
  constructor() {
    this.cells = new Map();
  }

  /** Something stands here now. */
  take(x, y) {
    const key = cell(x, y);
    const list = this.cells.get(key);
    if (list) list.push([x, y]);
    else this.cells.set(key, [[x, y]]);
  }

  /** Whether nothing is near. */
  free(x, y) {
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        for (const [a, b] of this.cells.get(cell(x + i * NEAR * WIDE, y + j * NEAR)) || []) {
          if (Math.hypot((a - x) / WIDE, b - y) < NEAR - 4) return false;
        }
      }
    }
    return true;
  }

  /** A free place around something: in a sector, else away from the middle of the picture, else anywhere. */
  spot(origin, sector) {
    const outwards = Math.atan2(origin.y, origin.x / WIDE);
    const central = origin.x === 0 && origin.y === 0;
    for (let ring = 0; ring < 80; ring++) {
      const [from, to] = sector || span(outwards, central || ring > 4 ? Math.PI : ring > 1 ? 1.6 : 1.1);
      const radius = (central ? START : RING) + ring * RING;
      const room = Math.max(1, Math.floor(((to - from) * radius) / NEAR));
      for (let i = 0; i < room; i++) {
        const angle = (from + to) / 2 + (((i % 2 ? 1 : -1) * Math.ceil(i / 2)) / room) * (to - from);
        const [x, y] = at(origin.x, origin.y, radius, angle);
        if (this.free(x, y)) return [x, y];
      }
    }
    return [origin.x, origin.y];
  }
}

function span(middle, half) {
  return [middle - half, middle + half];
}

function cell(x, y) {
  return Math.round(x / (NEAR * WIDE)) * 100_003 + Math.round(y / NEAR);
}
