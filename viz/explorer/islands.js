/* The picture of a map on a canvas: islands, links and names; moved and enlarged by pointer, touch and keys. */

import { chosen, linkAt, nodeAt, radius } from "./mapscene.js";
import { font, labelled } from "./maplabels.js";

const COLOURS = 10;
const LEAST = 1.6;
const MANY = 1_200;
const WIDER = 1.5;
const REST = 140;
const TOOLS = { across: 226, up: 44 };

/** The colours of the page, as they are now. */
export function themeOf() {
  const style = getComputedStyle(document.documentElement);
  const told = (name) => style.getPropertyValue(name).trim();
  const colours = Array.from({ length: COLOURS }, (_, index) => told(`--island-${index}`));
  return { ink: told("--ink"), soft: told("--soft"), paper: told("--paper"), line: told("--line"), accent: told("--accent"), colours };
}

/** The colour of a community. */
export function colourOf(theme, community) {
  return theme.colours[community % COLOURS];
}

/** The whole of a map in a frame. */
export function fitted(scene, width, height) {
  const pad = Math.min(40, 8 + 0.025 * width);
  const { left, right, top, bottom } = scene.box;
  const k = Math.min((width - 2 * pad) / Math.max(right - left, 1), (height - 2 * pad) / Math.max(bottom - top, 1), 90);
  return { x: (left + right) / 2, y: (top + bottom) / 2, k: Math.max(k, 0.5) };
}

/** What is drawn of a scene: `shown` has scene, view, counts, lit, at, link, width, height; radii are added. */
export function measured(shown) {
  const { scene, view, counts } = shown;
  shown.whole ||= fitted(scene, shown.width, shown.height);
  shown.radii = scene.size.map((size, index) =>
    Math.max(LEAST, radius(counts.nodes[index] || size * 0.5, scene.largest) * view.k));
  shown.xs = scene.chart.nodes.map((node) => (node.x - view.x) * view.k + shown.width / 2);
  shown.ys = scene.chart.nodes.map((node) => (node.y - view.y) * view.k + shown.height / 2);
  return shown;
}

/** Draw it all; gives the labels, which are places to click too. */
export function paint(context, shown, theme) {
  measured(shown);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, shown.width, shown.height);
  lines(context, shown, theme);
  discs(context, shown, theme);
  const labels = labelled(context, shown);
  words(context, labels, theme);
  return labels;
}

/** Links by colour and width, so that few paths are drawn. */
export function bundles(shown, theme) {
  const { scene, counts, lit, xs, ys, width, height } = shown;
  const found = new Map();
  const within = (index) => xs[index] > 0 && xs[index] < width && ys[index] > 0 && ys[index] < height;
  scene.chart.links.forEach(([a, b], link) => {
    if (Math.max(xs[a], xs[b]) < 0 || Math.min(xs[a], xs[b]) > width) return;
    if (Math.max(ys[a], ys[b]) < 0 || Math.min(ys[a], ys[b]) > height) return;
    const [mine, theirs] = [scene.chart.nodes[a].community, scene.chart.nodes[b].community];
    const colour = mine === theirs ? colourOf(theme, mine) : theme.soft;
    const isLit = link === shown.link || (shown.at >= 0 && (a === shown.at || b === shown.at));
    if (mine !== theirs && !isLit && !within(a) && !within(b)) return; // it only passes through
    const faded = !counts.links[link] || (lit && !isLit);
    const broad = Math.ceil(scene.broad[link] * 3);
    const key = `${faded ? 0 : isLit ? 2 : 1} ${mine === theirs ? 1 : 0} ${broad} ${colour}`;
    if (!found.has(key)) {
      const alpha = faded ? 0.05 : isLit ? 0.85 : mine === theirs ? 0.42 : scene.haze;
      found.set(key, { key, colour: isLit && !faded ? theme.ink : colour, alpha, wide: (isLit ? 0.8 : 0.3) + 0.5 * broad,
        heads: isLit && !faded && scene.chart.directed, links: [] });
    }
    found.get(key).links.push(link);
  });
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The head of an arrow, at the edge of the node that a link leads to. */
export function head(context, { xs, ys, radii }, a, b) {
  const angle = Math.atan2(ys[b] - ys[a], xs[b] - xs[a]);
  const [x, y] = [xs[b] - (radii[b] + 1) * Math.cos(angle), ys[b] - (radii[b] + 1) * Math.sin(angle)];
  for (const side of [-0.45, 0.45]) {
    context.moveTo(x, y);
    context.lineTo(x - 9 * Math.cos(angle + side), y - 9 * Math.sin(angle + side));
  }
}

function lines(context, shown, theme) {
  const { xs, ys } = shown;
  for (const bundle of bundles(shown, theme)) {
    context.globalAlpha = bundle.alpha;
    context.strokeStyle = bundle.colour;
    context.lineWidth = bundle.wide;
    context.beginPath();
    for (const link of bundle.links) {
      const [a, b] = shown.scene.chart.links[link];
      context.moveTo(xs[a], ys[a]);
      context.lineTo(xs[b], ys[b]);
      if (bundle.heads) head(context, shown, a, b);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Nodes by colour: those that are faded, and the others. */
export function heaps(shown, theme) {
  const { scene, counts, lit, xs, ys, radii, width, height } = shown;
  const found = new Map();
  for (const index of scene.rank) {
    const r = radii[index];
    if (xs[index] < -r || xs[index] > width + r || ys[index] < -r || ys[index] > height + r) continue;
    const faded = !counts.nodes[index] || (lit && !lit.has(index));
    const colour = colourOf(theme, scene.chart.nodes[index].community);
    const key = `${faded ? 0 : 1} ${colour}`;
    if (!found.has(key)) found.set(key, { key, colour, alpha: faded ? 0.16 : 0.92, nodes: [] });
    found.get(key).nodes.push(index);
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function discs(context, shown, theme) {
  const { xs, ys, radii } = shown;
  for (const heap of heaps(shown, theme)) {
    context.globalAlpha = heap.alpha;
    context.fillStyle = heap.colour;
    context.beginPath();
    for (const index of heap.nodes) {
      context.moveTo(xs[index] + radii[index], ys[index]);
      context.arc(xs[index], ys[index], radii[index], 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.globalAlpha = 1;
  context.strokeStyle = theme.ink;
  context.lineWidth = 2;
  for (const index of shown.ringed || []) {
    context.beginPath();
    context.arc(xs[index], ys[index], radii[index] + 2.5, 0, 2 * Math.PI);
    context.stroke();
  }
}

function words(context, labels, theme) {
  context.lineJoin = "round";
  context.textBaseline = "middle";
  context.strokeStyle = theme.paper;
  for (const label of labels) {
    context.font = font(label.size, label.bold);
    context.textAlign = label.centred ? "center" : "left";
    context.globalAlpha = label.faint ? 0.35 : 1;
    context.fillStyle = label.soft ? theme.soft : theme.ink;
    context.lineWidth = label.bold ? 4 : 3;
    label.lines.forEach((line, row) => {
      const y = label.y + (row - (label.lines.length - 1) / 2) * label.size * 1.18;
      context.strokeText(line, label.x, y);
      context.fillText(line, label.x, y);
    });
  }
  context.globalAlpha = 1;
}

/* Of many links a picture is made, larger than the frame, and that is moved while the reader moves the map. */
function gliding(context, state) {
  let still = null;
  let isMoving = false;

  function covers(shown) {
    const { x, y, s } = spot(shown);
    if (s < 0.7 || s > 1.6) return false;
    return s < 0.999 || (x <= 0 && y <= 0 && x + s * still.width >= shown.width && y + s * still.height >= shown.height);
  }

  function spot({ view, width, height }) {
    const s = view.k / still.view.k;
    return { s, x: (still.view.x - view.x) * view.k + (width - s * still.width) / 2, y: (still.view.y - view.y) * view.k + (height - s * still.height) / 2 };
  }

  function make(shown, theme) {
    const ratio = context.canvas.width / shown.width;
    const [width, height] = [WIDER * shown.width, WIDER * shown.height];
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const brush = canvas.getContext("2d", { alpha: false });
    brush.scale(ratio, ratio);
    paint(brush, { ...shown, width, height, corner: null }, theme);
    still = { canvas, view: shown.view, width, height, scene: shown.scene };
  }

  return {
    moves() {
      isMoving = state.scene.chart.links.length > MANY;
    },
    rests() {
      isMoving = false;
      still = null;
    },
    /** Draw what is moved as a picture; false where all is to be drawn anew. */
    draws(shown, theme) {
      if (!isMoving) {
        still = null;
        return false;
      }
      if (!still || still.scene !== shown.scene || !covers(shown)) make(shown, theme);
      const { x, y, s } = spot(shown);
      context.fillStyle = theme.paper;
      context.fillRect(0, 0, shown.width, shown.height);
      context.drawImage(still.canvas, x, y, s * still.width, s * still.height);
      return true;
    },
  };
}

/** A map on a canvas. `told` is called with what was picked: {node}, {link} or {}. */
export function islands(canvas, told) {
  const context = canvas.getContext("2d");
  let theme = themeOf();
  const state = { scene: null, view: null, counts: null, at: -1, link: -1, hover: -1, width: 0, height: 0, lit: null };
  const glider = gliding(context, state);
  let labels = [];
  let waiting = 0;
  let resting = 0;

  function sized() {
    const { width, height } = canvas.getBoundingClientRect();
    if (!width || !height) return;
    const old = state.width;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    Object.assign(state, { width, height });
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    if (state.scene && (!state.view || !old || !state.moved)) state.view = fitted(state.scene, width, height);
    now();
  }

  function lights() {
    const { scene, at, link, hover } = state;
    const node = hover >= 0 ? hover : at;
    state.ringed = [];
    state.lit = null;
    if (link >= 0 && hover < 0) state.ringed = scene.chart.links[link].slice(0, 2);
    else if (node >= 0) state.ringed = [node];
    if (!state.ringed.length) return;
    state.lit = new Set(state.ringed);
    if (node >= 0 && !(link >= 0 && hover < 0)) {
      for (const near of scene.near[node]) for (const end of scene.chart.links[near].slice(0, 2)) state.lit.add(end);
    }
  }

  function now() {
    if (waiting) cancelAnimationFrame(waiting);
    waiting = 0;
    if (!state.scene || !state.width) return;
    const ratio = canvas.width / state.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    lights();
    const pointed = state.link >= 0 && state.hover < 0 ? -1 : state.hover >= 0 ? state.hover : state.at;
    const shown = { ...state, at: pointed, corner: TOOLS, whole: fitted(state.scene, state.width, state.height) };
    if (glider.draws(shown, theme)) soonCrisp();
    else labels = paint(context, shown, theme);
    canvas.dataset.drawn = String(Number(canvas.dataset.drawn || 0) + 1);
  }

  /** What was moved as a picture is drawn anew once it rests. */
  function soonCrisp() {
    clearTimeout(resting);
    resting = setTimeout(() => {
      glider.rests();
      soon();
    }, REST);
  }

  function soon() {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; now(); });
  }

  const here = (x, y) => [(x - state.width / 2) / state.view.k + state.view.x, (y - state.height / 2) / state.view.k + state.view.y];

  /** What is at a place of the canvas: a node or its name, else a link. */
  function pick(x, y, reach) {
    const named = labels.find(({ box, node }) => node !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    if (named) return { node: named.node };
    const [across, down] = here(x, y);
    const node = nodeAt(state.scene, state.counts, across, down, reach / state.view.k, state.view.k);
    if (node >= 0) return { node };
    const link = linkAt(state.scene, state.counts, across, down, Math.min(reach, 5) / state.view.k);
    return link >= 0 ? { link } : {};
  }

  const picture = {
    state,
    pick,
    soon,
    /** Show a scene, with what is chosen of it. */
    show(scene, choice) {
      if (scene !== state.scene) Object.assign(state, { scene, view: null, moved: false, hover: -1 });
      Object.assign(state, { counts: chosen(scene, choice), at: choice.at, link: choice.link });
      if (!state.view && state.width) state.view = fitted(scene, state.width, state.height);
      now();
    },
    hover(node) {
      if (node !== state.hover) {
        state.hover = node;
        soon();
      }
    },
    fit() {
      state.view = fitted(state.scene, state.width, state.height);
      state.moved = false;
      soon();
    },
    move(dx, dy) {
      state.view = { ...state.view, x: state.view.x - dx / state.view.k, y: state.view.y - dy / state.view.k };
      state.moved = true;
      glider.moves();
      soon();
    },
    /** Enlarge about a place of the canvas. */
    zoom(factor, x = state.width / 2, y = state.height / 2) {
      const [across, down] = here(x, y);
      const least = 0.6 * fitted(state.scene, state.width, state.height).k;
      const k = Math.max(least, Math.min(160, state.view.k * factor));
      state.view = { k, x: across - (x - state.width / 2) / k, y: down - (y - state.height / 2) / k };
      state.moved = true;
      glider.moves();
      soon();
    },
    /** Bring nodes into sight where they are not, near enough to be read. */
    reveal(nodes) {
      const { scene, view, width, height } = state;
      const all = nodes.map((node) => scene.chart.nodes[node]);
      const seen = all.every(({ x, y }) => Math.abs(x - view.x) * view.k < width / 2 - 40 && Math.abs(y - view.y) * view.k < height / 2 - 40);
      if (seen && (view.k > 9 || nodes.length > 1)) return;
      const middle = (of) => (Math.min(...all.map(of)) + Math.max(...all.map(of))) / 2;
      const far = (of) => Math.max(...all.map(of)) - Math.min(...all.map(of));
      const room = Math.min((width - 140) / Math.max(far((node) => node.x), 0.1), (height - 140) / Math.max(far((node) => node.y), 0.1));
      state.view = { x: middle((node) => node.x), y: middle((node) => node.y), k: Math.min(room, Math.max(view.k, 20)) };
      state.moved = true;
      soon();
    },
    theme() {
      theme = themeOf();
      soon();
    },
    told,
    sized,
  };
  return picture;
}
