/* What is on a map, ready to be drawn: sizes, neighbours, communities; and what is so of it in some years. */

const SMALLEST = 0.13;
const SHOWN = 34;

/** A text that is no longer than a label may be. */
export function short(text) {
  const letters = [...text];
  return letters.length > SHOWN ? letters.slice(0, SHOWN - 1).join("").trimEnd() + "…" : text;
}

/** The scene of a chart. */
export function sceneOf(chart) {
  const size = chart.nodes.map((node) => node.size ?? node.talks);
  const largest = Math.max(1, ...size);
  const near = chart.nodes.map(() => []);
  chart.links.forEach(([a, b], link) => {
    near[a].push(link);
    near[b].push(link);
  });
  for (const links of near) links.sort((a, b) => chart.links[b][3] - chart.links[a][3] || chart.links[b][2] - chart.links[a][2]);
  const rank = chart.nodes.map((_, node) => node);
  rank.sort((a, b) => size[b] - size[a] || (chart.nodes[a].label < chart.nodes[b].label ? -1 : 1));
  const scene = { chart, size, largest, near, rank, labels: chart.nodes.map((node) => short(node.label)) };
  scene.at = new Map(chart.nodes.map((node, index) => [node.iri, index]));
  scene.broad = broad(chart);
  const crossing = chart.links.filter(([a, b]) => chart.nodes[a].community !== chart.nodes[b].community).length;
  scene.haze = Math.max(0.1, Math.min(0.28, 240 / Math.max(crossing, 1))); // the more cross from island to island, the fainter
  scene.islands = islandsOf(scene);
  scene.box = boxOf(scene);
  scene.grid = gridOf(chart);
  scene.talks = talksOf(chart);
  return scene;
}

/** Widths of links, from 0 to 1: by weight, where one in twenty has the full width. */
function broad(chart) {
  const weights = chart.links.map((link) => link[2]).sort((a, b) => a - b);
  const most = weights[Math.floor(0.95 * (weights.length - 1))] || 1;
  return chart.links.map((link) => Math.sqrt(Math.min(1, link[2] / most)));
}

function islandsOf(scene) {
  const found = new Map(scene.chart.communities.map((one) => [one.id, { ...one, nodes: [], x: 0, y: 0, r: 0 }]));
  scene.chart.nodes.forEach((node, index) => found.get(node.community).nodes.push(index));
  for (const island of found.values()) {
    for (const index of island.nodes) {
      island.x += scene.chart.nodes[index].x / island.nodes.length;
      island.y += scene.chart.nodes[index].y / island.nodes.length;
    }
    for (const index of island.nodes) {
      const node = scene.chart.nodes[index];
      island.r = Math.max(island.r, Math.hypot(node.x - island.x, node.y - island.y) + 0.5);
    }
  }
  return [...found.values()];
}

function boxOf(scene) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  scene.chart.nodes.forEach((node, index) => {
    const r = radius(scene.size[index], scene.largest);
    box.left = Math.min(box.left, node.x - r);
    box.right = Math.max(box.right, node.x + r);
    box.top = Math.min(box.top, node.y - r);
    box.bottom = Math.max(box.bottom, node.y + r);
  });
  return scene.chart.nodes.length ? box : { left: -1, right: 1, top: -1, bottom: 1 };
}

/** Nodes by squares of two units, to find what is under a pointer. */
function gridOf(chart) {
  const grid = new Map();
  chart.nodes.forEach((node, index) => {
    const key = `${Math.floor(node.x / 2)} ${Math.floor(node.y / 2)}`;
    if (grid.has(key)) grid.get(key).push(index);
    else grid.set(key, [index]);
  });
  return grid;
}

/** How often a year, over all nodes: what the bars above the years show. */
function talksOf(chart) {
  const [first, last] = chart.years;
  if (first === null) return [];
  const counts = new Map();
  for (const node of chart.nodes) for (const [year, count] of node.years) counts.set(year, (counts.get(year) || 0) + count);
  const years = [];
  for (let year = first; year <= last; year += 1) years.push([year, counts.get(year) || 0]);
  return years;
}

/** The radius of a node in units of the map. */
export function radius(size, largest) {
  return Math.max(Math.sqrt(size / largest), SMALLEST);
}

/** How much of pairs of year and number lies in some years. */
export function within(years, from, until) {
  let sum = 0;
  for (const [year, count] of years) if (year >= from && year <= until) sum += count;
  return sum;
}

/** What is so in the chosen years and communities: sizes of nodes and counts of links, 0 of what is not. */
export function chosen(scene, { from, until, only }) {
  const { chart } = scene;
  const [first, last] = chart.years;
  const every = first === null || (from <= first && until >= last);
  const share = (whole, years) => (every ? whole : within(years, from, until));
  const holds = (index) => !only || only.has(chart.nodes[index].community);
  const nodes = chart.nodes.map((node, index) => (holds(index) ? share(scene.size[index], node.years) : 0));
  const links = chart.links.map((link) => (nodes[link[0]] && nodes[link[1]] ? share(link[3], link[4]) : 0));
  return { nodes, links, every };
}

/** The node at a point of the map, or -1; `reach` is how far beside a node still counts. */
export function nodeAt(scene, counts, x, y, reach, k) {
  let best = -1;
  let least = Infinity;
  const far = 1 + reach;
  for (let column = Math.floor((x - far) / 2); column <= Math.floor((x + far) / 2); column += 1) {
    for (let row = Math.floor((y - far) / 2); row <= Math.floor((y + far) / 2); row += 1) {
      for (const index of scene.grid.get(`${column} ${row}`) || []) {
        if (!counts.nodes[index]) continue;
        const node = scene.chart.nodes[index];
        const off = Math.hypot(node.x - x, node.y - y) - Math.max(radius(counts.nodes[index], scene.largest), 1.6 / k);
        if (off < reach && off < least) [best, least] = [index, off];
      }
    }
  }
  return best;
}

/** The link that passes a point of the map, or -1. */
export function linkAt(scene, counts, x, y, reach) {
  let best = -1;
  let least = reach;
  scene.chart.links.forEach(([one, other], index) => {
    if (!counts.links[index]) return;
    const a = scene.chart.nodes[one];
    const b = scene.chart.nodes[other];
    if (x < Math.min(a.x, b.x) - reach || x > Math.max(a.x, b.x) + reach) return;
    if (y < Math.min(a.y, b.y) - reach || y > Math.max(a.y, b.y) + reach) return;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    const off = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
    if (off < least) [best, least] = [index, off];
  });
  return best;
}

/** The number of the link between two nodes, or -1. */
export function linkOf(scene, one, other) {
  const found = scene.near[one]?.find((link) => scene.chart.links[link].slice(0, 2).sort().join() === [one, other].sort().join());
  return found ?? -1;
}

/** The other end of a link. */
export function across(scene, link, node) {
  const [a, b] = scene.chart.links[link];
  return a === node ? b : a;
}
