/* The picture, drawn by force-graph, which nobody else here knows: it moves and scales a canvas and draws the lines.
   Things, names, arrows, and what is under the pointer are ours. Nothing of a graph ever becomes markup. */

import { arrow, bend, middle, point, side } from "./curves.js";
import { fill, make } from "./dom.js";
import { font, placed, short } from "./labels.js";
import { raster } from "./raster.js";
import { colours, faint, trace } from "./shapes.js";
import { nearest } from "./under.js";
import { root } from "./state.js";

const LIBRARY = "static/vendor/force-graph-1.52.0/force-graph.min.js";
const PLAIN = 0;
const FOCUS = 1;
const DIM = 2;
const CROWD = 45;
const NO_DASH = [];
let loading = null;

/** The library: in the page already where all is in one file, else fetched once. */
function library() {
  if (window.ForceGraph) return Promise.resolve(window.ForceGraph);
  loading ||= new Promise((resolve, reject) => {
    const script = make("script", { src: root + LIBRARY });
    script.onload = () => resolve(window.ForceGraph);
    script.onerror = () => {
      loading = null;
      reject(new Error("The picture's library could not be loaded."));
    };
    document.head.append(script);
  });
  return loading;
}

/**
 * Put a picture into an element that has a size.
 *
 * @returns a handle with `setGraph`, `setState`, `on`, `drawn`, `toPNG` and `destroy`.
 */
export async function mount(element) {
  const ForceGraph = await library();
  return new Picture(element, ForceGraph);
}

class Picture {
  constructor(element, ForceGraph) {
    this.element = element;
    this.heard = {};
    this.nodes = [];
    this.links = [];
    this.byId = new Map();
    this.chosen = this.under = null;
    this.groups = this.ranked = this.arrows = this.said = [];
    this.lit = new Set();
    this.at = null;
    this.names = { fresh: false, list: [], x: 0, y: 0, k: 0 };
    this.stage = element.appendChild(make("div", { class: "canvas-stage" }));
    this.tip = element.appendChild(make("div", { class: "canvas-tip", hidden: true, "aria-hidden": "true" }));
    this.graph = this.begun(new ForceGraph(this.stage));
    this.canvas = this.stage.querySelector("canvas");
    this.canvas.setAttribute("role", "img");
    this.painted();
    this.listening();
  }

  begun(graph) {
    const paint = () => [this.paint.plain, this.paint.focus, this.paint.dim];
    return graph
      .width(this.element.clientWidth || 300).height(this.element.clientHeight || 200)
      .nodeLabel(() => "").linkLabel(() => "")
      .nodeVisibility(false) // things are drawn by kind, all of a kind at once
      .enableNodeDrag(false).enablePointerInteraction(false)
      .cooldownTicks(0).warmupTicks(0)
      .d3Force("charge", null).d3Force("center", null)
      .minZoom(0.03).maxZoom(8)
      .linkCurvature("bend")
      .linkColor((link) => paint()[link.tone])
      .linkWidth((link) => (link.tone === FOCUS ? 2 : 1) * link.thick)
      .linkLineDash((link) => (link.dashed ? this.dash : NO_DASH))
      .onZoomEnd(() => this.graph && this.redraw())
      .onRenderFramePre((ctx, scale) => { this.dash = [6 / scale, 4 / scale]; })
      .onRenderFramePost((ctx, scale) => this.draw(ctx, scale));
  }

  painted() {
    const now = colours();
    this.paint = { ...now, plain: faint(now.soft, 0.5), focus: now.accent, dim: faint(now.soft, 0.13) };
    this.redraw();
  }

  redraw() {
    this.names.fresh = false;
    this.graph.nodeRelSize(4); // any setting makes it draw again
  }

  /**
   * Show these. Both are copied.
   *
   * @param {{nodes: {id, kind, text, x, y, r, rank?, tip?: string[], colour?}[],
   *   links: {id, from, to, label?, dashed?, directed?, thick?, tip?: string[]}[]}} graph
   */
  setGraph({ nodes, links }) {
    this.nodes = nodes.map((one) => ({ rank: 0, ...one, fx: one.x, fy: one.y, tone: PLAIN, ties: [] }));
    this.byId = new Map(this.nodes.map((one) => [one.id, one]));
    const between = new Map();
    this.links = links.filter((one) => this.byId.has(one.from) && this.byId.has(one.to)).map((one) => {
      const link = { thick: 1, ...one, source: this.byId.get(one.from), target: this.byId.get(one.to), tone: PLAIN, bend: 0 };
      const pair = one.from < one.to ? `${one.from} ${one.to}` : `${one.to} ${one.from}`;
      between.set(pair, [...(between.get(pair) || []), link]);
      link.source.ties.push(link);
      if (link.target !== link.source) link.target.ties.push(link);
      return link;
    });
    for (const same of between.values()) bend(same);
    for (const node of this.nodes) node.side = side(node);
    this.chosen = this.byId.get(this.chosen?.id) || this.links.find((one) => one.id === this.chosen?.id) || null;
    this.under = null;
    this.graph.graphData({ nodes: this.nodes, links: this.links });
    this.toned();
  }

  /** `chosen`: the id of a thing or link; `camera`: "first", "fit", "in", "out" or {show: id}; `label`: what it shows. */
  setState({ chosen, camera, label }) {
    if (label) this.canvas.setAttribute("aria-label", label);
    if (chosen !== undefined) {
      this.chosen = this.byId.get(chosen) || this.links.find((one) => one.id === chosen) || null;
      this.toned();
    }
    if (camera) this.look(camera);
  }

  /** Be told of "choose" (a thing's or link's id, or null), "open" (twice on a thing). */
  on(name, listener) {
    this.heard[name] = listener;
  }

  toned() {
    const focus = this.under;
    const around = focus || this.chosen;
    const lit = new Set(around ? (around.source ? [around.source, around.target] : [around, ...around.ties.flatMap((l) => [l.source, l.target])]) : []);
    const crowded = (around?.ties?.length || 0) > CROWD; // so many bold lines would be a blot
    for (const node of this.nodes) node.tone = focus && !lit.has(node) ? DIM : PLAIN;
    for (const link of this.links) {
      const mine = around && (link === around || link.source === around || link.target === around);
      link.tone = mine ? (crowded ? PLAIN : FOCUS) : focus ? DIM : PLAIN;
    }
    this.lit = lit;
    const groups = new Map();
    for (const node of this.nodes) {
      const key = `${node.tone} ${node.colour || node.kind}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(node);
    }
    this.groups = [...groups.values()].sort((a, b) => b[0].tone - a[0].tone);
    const weight = (node) => (node === this.under ? 4e6 : node === this.chosen ? 3e6 : lit.has(node) ? 1e6 : 0) + node.rank;
    this.ranked = [...this.nodes].filter((node) => node.tone !== DIM).sort((a, b) => weight(b) - weight(a));
    this.arrows = this.links.filter((link) => link.tone === FOCUS && link.directed);
    this.said = this.relations();
    this.redraw();
  }

  /** One link of each relation around the focus, which gets its name written. */
  relations() {
    const first = new Map();
    for (const link of this.links) {
      if (link.tone !== FOCUS || !link.label) continue;
      const list = first.get(link.label) || [];
      first.set(link.label, [...list, link]);
    }
    return [...first.values()].map((list) => list[Math.floor(list.length / 2)]);
  }

  draw(ctx, scale) {
    const to = ctx.getTransform();
    const dots = window.devicePixelRatio || 1;
    const x = to.e / dots;
    const y = to.f / dots;
    this.at = { x, y, k: scale };
    ctx.save();
    ctx.setTransform(dots, 0, 0, dots, 0, 0);
    this.drawArrows(ctx);
    for (const group of this.groups) this.drawThings(ctx, group);
    if (this.chosen && !this.chosen.source) this.drawRing(ctx, this.chosen);
    this.drawNames(ctx);
    ctx.restore();
  }

  drawThings(ctx, group) {
    const { x, y, k } = this.at;
    const { width, height } = this;
    ctx.globalAlpha = group[0].tone === DIM ? 0.2 : 1;
    ctx.beginPath();
    for (const node of group) {
      const a = node.x * k + x;
      const b = node.y * k + y;
      if (a > -20 && b > -20 && a < width + 20 && b < height + 20) trace(ctx, node.kind, a, b, node.r);
    }
    const hollow = group[0].kind === "unit";
    const colour = group[0].colour || this.paint.kinds[group[0].kind] || this.paint.soft;
    ctx.fillStyle = hollow ? this.paint.paper : colour;
    ctx.strokeStyle = hollow ? colour : this.paint.paper;
    ctx.lineWidth = hollow ? 2 : 1.5;
    ctx.fill();
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  drawRing(ctx, node) {
    ctx.beginPath();
    ctx.arc(node.x * this.at.k + this.at.x, node.y * this.at.k + this.at.y, node.r + 6, 0, 2 * Math.PI);
    ctx.strokeStyle = this.paint.ink;
    ctx.lineWidth = 2;
    ctx.stroke();
  }

  drawArrows(ctx) {
    ctx.fillStyle = this.paint.focus;
    ctx.beginPath();
    for (const link of this.arrows) {
      const { tip, angle } = arrow(link, this.at);
      for (const [i, turn] of [0, 2.75, -2.75].entries()) {
        const far = i ? 10 : 0;
        ctx[i ? "lineTo" : "moveTo"](tip[0] + far * Math.cos(angle + turn), tip[1] + far * Math.sin(angle + turn));
      }
      ctx.closePath();
    }
    ctx.fill();
  }

  /** Names keep their places while the picture is moved, and find new ones when it is scaled or was moved far. */
  written() {
    const { x, y, k } = this.at;
    const far = Math.abs(x - this.names.x) > this.width / 3 || Math.abs(y - this.names.y) > this.height / 3;
    if (!this.names.fresh || this.names.k !== k || far) {
      const { width, height } = this;
      const near = (node) => Math.abs(node.x * k + x - width / 2) < width && Math.abs(node.y * k + y - height / 2) < height;
      const here = (node) => ({ x: node.x * k + x, y: node.y * k + y, r: node.r, side: node.side, own: node });
      const seen = this.ranked.filter(near);
      const style = (node) => (node === this.chosen || node === this.under || node.bold ? "bold" : "plain");
      const wanted = seen.map((node) => ({ ...here(node), ...this.textOf(node), style: style(node) }));
      const lines = this.said.map((link) => ({ ...point(link, 0.5, this.at), r: 0, text: link.label, style: "soft", own: link, middle: true }));
      wanted.splice(this.lit.size || 1, 0, ...lines);
      const things = seen.length <= 400 ? seen.map(here) : [];
      this.names = { fresh: true, list: placed(wanted, things, width, 240), x, y, k };
    }
    return this.names;
  }

  textOf(node) {
    const whole = node.text;
    return node === this.chosen ? { text: whole, firm: true } : { text: short(whole, this.width < 520 ? 20 : 30), whole };
  }

  drawNames(ctx) {
    const { list, x, y } = this.written();
    const dx = this.at.x - x;
    const dy = this.at.y - y;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = this.paint.paper;
    let face = "";
    let written = 0;
    for (const label of list) {
      const a = label.x + dx;
      const b = label.y + dy;
      if (a > this.width || a + label.wide < 0 || b < -8 || b > this.height + 8) continue;
      if (++written > 120) break;
      if (label.style !== face) ctx.font = font((face = label.style));
      ctx.fillStyle = face === "soft" ? this.paint.soft : this.paint.ink;
      ctx.strokeText(label.text, a, b);
      ctx.fillText(label.text, a, b);
    }
  }

  /** What the picture shows now, in pixels of it: for those who write it down. */
  drawn() {
    if (!this.at) return null;
    const { x, y, k } = this.at;
    const names = this.written();
    const [dx, dy] = [x - names.x, y - names.y];
    const labels = names.list.map((one) => ({ ...one, x: one.x + dx, y: one.y + dy }));
    return {
      width: this.width,
      height: this.height,
      nodes: this.nodes.map((one) => ({ ...one, x: one.x * k + x, y: one.y * k + y, ring: one === this.chosen })),
      links: this.links.map((one) => ({ ...one, from: point(one, 0, this.at), over: middle(one, this.at), to: point(one, 1, this.at) })),
      arrows: this.arrows.map((one) => arrow(one, this.at)),
      labels,
    };
  }

  /** A picture of what `svg` says, as PNG. */
  toPNG(svg, scale) {
    return raster(svg, scale);
  }

  get width() {
    return this.graph.width();
  }

  get height() {
    return this.graph.height();
  }

  look(camera) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const time = still || !this.at ? 0 : 250;
    const { graph } = this;
    if (camera === "in" || camera === "out") graph.zoom(graph.zoom() * (camera === "in" ? 1.4 : 1 / 1.4), time);
    else if (camera.show) this.brought(this.byId.get(camera.show), time);
    else this.fitted(camera === "fit" ? time : 0);
  }

  /** Bring a thing into sight, if it is not. */
  brought(node, time) {
    if (!node || !this.at) return;
    const [a, b] = [node.x * this.at.k + this.at.x, node.y * this.at.k + this.at.y];
    if (a < 20 || b < 20 || a > this.width - 20 || b > this.height - 20) this.graph.centerAt(node.x, node.y, time);
  }

  fitted(time) {
    if (!this.nodes.length || !this.element.clientWidth) return;
    const [left, right] = ends(this.nodes.map((one) => one.x));
    const [top, bottom] = ends(this.nodes.map((one) => one.y));
    const aside = Math.min(140, this.width / 8);
    const k = Math.min((this.width - 2 * aside) / (right - left || 1), (this.height - 70) / (bottom - top || 1), 1.5);
    this.graph.centerAt((left + right) / 2, (top + bottom) / 2, time).zoom(k, time);
    this.redraw();
  }

  listening() {
    const near = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return nearest(this, event.clientX - box.left, event.clientY - box.top, event.pointerType === "touch" ? 12 : 5);
    };
    let down = null;
    this.stage.addEventListener("pointerdown", (event) => { down = { x: event.clientX, y: event.clientY, at: this.at }; });
    this.stage.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch" && !event.buttons) this.hovered(near(event), event);
      else if (event.buttons) this.hovered(null, event);
    });
    this.stage.addEventListener("pointerleave", (event) => this.hovered(null, event));
    this.stage.addEventListener("pointerup", (event) => {
      if (!down || Math.hypot(event.clientX - down.x, event.clientY - down.y) > 6 || event.button) return;
      this.heard.choose?.(near(event)?.id ?? null);
    });
    this.stage.addEventListener("dblclick", (event) => {
      const found = near(event);
      if (found && !found.source) this.heard.open?.(found.id);
    });
    const sized = () => {
      if (!this.element.clientWidth) return;
      this.graph.width(this.element.clientWidth).height(this.element.clientHeight);
      if (!this.sized) this.fitted(0);
      this.sized = true;
      this.redraw();
    };
    this.watch = new ResizeObserver(sized);
    this.watch.observe(this.element);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.turned = () => this.painted();
    this.dark.addEventListener("change", this.turned);
    window.addEventListener("theme", this.turned);
  }

  hovered(found, event) {
    if (found !== this.under) {
      this.under = found;
      this.stage.classList.toggle("pointing", Boolean(found));
      this.toned();
      const lines = found?.tip || [];
      this.tip.hidden = !lines.length;
      fill(this.tip, ...lines.filter(Boolean).map((line, i) => make(i ? "p" : "strong", { dir: "auto" }, line)));
    }
    if (!this.tip.hidden) this.tipped(event);
  }

  tipped(event) {
    const box = this.element.getBoundingClientRect();
    const x = Math.max(4, Math.min(event.clientX - box.left + 14, this.width - this.tip.offsetWidth - 4));
    const below = event.clientY - box.top + 16;
    const y = below + this.tip.offsetHeight < this.height ? below : Math.max(4, below - this.tip.offsetHeight - 30);
    this.tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  /** Leave the page. */
  destroy() {
    this.watch.disconnect();
    this.dark.removeEventListener("change", this.turned);
    window.removeEventListener("theme", this.turned);
    this.graph._destructor();
    this.element.replaceChildren();
  }
}

function ends(numbers) {
  return numbers.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
}
