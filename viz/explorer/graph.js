/* The picture of what is around a thing, and beside it the same in words. */

import { entry, further, gathered, opened, written } from "./around.js";
import { kindsOf, linkPanel, said, tally, thingPanel } from "./beside.js";
import { mount } from "./canvas.js";
import { copy, draw, fill, make, save } from "./dom.js";
import { bar, yearsOf } from "./filters.js";
import { fileName, svg } from "./picture.js";
import { change, go, pathOf, whole } from "./state.js";
import { word } from "./names.js";
import { trail, visited } from "./trail.js";

const DASHED = "advisedBy";
const ARROWS = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 };
const KEYS = "Arrow keys go along ties, Enter expands, o opens the page, u undoes, + − 0 set the size.";

/** Show the picture around a thing; `begun` is told when there is something of it to see. */
export async function show(app, place, into, entity, begun) {
  const view = new View(app, place, entity);
  into.append(view.element);
  await view.begin(place, begun);
  return { leave: () => view.leave(), update: (to) => view.update(to) };
}

class View {
  constructor(app, place, entity) {
    this.app = app;
    this.entity = entity;
    this.grown = ""; // where the reader is if the last step opened something
    this.turn = 0;
    this.drawn = "";
    this.barred = "";
    this.loose = null; // a line of which no claim tells, so that the address cannot name it
    this.held = false; // whether the reader has moved or scaled the picture, which then stays as it is
    this.fresh = [];
    this.out = 0; // how many of what came last are out of sight
    this.frame = make("div", {
      class: "graph-canvas", tabindex: 0, role: "application", "aria-roledescription": "picture of ties", onkeydown: (event) => this.pressed(event),
    });
    this.heldBy(this.frame);
    this.tally = make("p", { class: "tally" });
    this.legend = make("div", { class: "legend" });
    this.panel = make("aside", { class: "graph-side", "aria-label": "What is chosen" });
    this.visits = make("div", {});
    this.undoing = button("Undo", "Undo the last step (u)", () => this.undo());
    const tools = make("div", { class: "tools", role: "group", "aria-label": "Picture" },
      button("Fit", "Fit all into the picture (0)", () => this.look("fit")),
      button("+", "Larger", () => this.look("in")),
      button("−", "Smaller", () => this.look("out")),
      this.undoing,
      button("PNG", "Save as PNG", () => this.saved("png")),
      button("SVG", "Save as SVG", () => this.saved("svg")),
      button("Copy link", "Copy the link to this picture", (event) => this.copied(event.target), "copying"));
    this.element = make("div", { class: "graph" },
      make("div", { class: "graph-main" }, tools, this.frame, this.legend, this.tally, make("p", { class: "keys" }, KEYS)),
      make("div", { class: "graph-beside" }, this.panel, this.visits));
  }

  async begin(place, begun) {
    const mounted = mount(this.frame).then((canvas) => {
      this.canvas = canvas;
      canvas.on("choose", (id) => this.choose(id));
      canvas.on("open", (id) => this.expandFirst(id));
    });
    await Promise.all([mounted, this.load(place, (shown, isNow) => mounted.then(() => isNow() && this.early(place, shown, begun)))]);
    visited(place.path, this.shown.centre.name, this.shown.centre.kind);
    this.render();
    this.told(); // the picture does not wait for what is said beside it
  }

  /** Draw what is there before the sentences of all ties have come; where each thing stands is known. */
  early(place, shown, begun) {
    this.take(place, shown);
    this.render();
    begun();
  }

  take(place, shown) {
    Object.assign(this, { place, shown, links: bundled(shown.ties) });
  }

  leave() {
    this.turn++;
    this.canvas.destroy();
  }

  async update(place) {
    if (!(await this.load(place))) return;
    this.render();
    await this.told();
  }

  /** Get what a place names; false where the reader has gone on meanwhile. */
  async load(place, early = null) {
    const mine = ++this.turn;
    this.frame.setAttribute("aria-busy", "true");
    try {
      const shown = await gathered(this.app.source, place, early && ((some) => early(some, () => mine === this.turn && !this.shown)));
      if (mine !== this.turn) return false;
      this.take(place, shown);
      return true;
    } catch (error) {
      if (mine === this.turn && this.shown) fill(this.tally, error.message || String(error));
      if (!this.shown) throw error;
      return false;
    } finally {
      this.frame.removeAttribute("aria-busy");
    }
  }

  /** The chosen thing or line: what the address names, or the thing in the middle. */
  chosen() {
    const { at } = this.place.values;
    if (!at) return this.loose || this.shown.centre;
    const link = this.links.find((one) => one.ties.some((tie) => tie.claim && pathOf(tie.claim) === at));
    return link || [...this.shown.things.values()].find((one) => pathOf(one.iri) === at) || this.shown.centre;
  }

  render() {
    const { things, centre } = this.shown;
    const key = [...things.keys(), ...this.links.map((one) => `${one.id} ${one.ties.length}`)].join("\n");
    const chosen = this.chosen();
    if (key !== this.drawn) {
      const first = !this.drawn;
      const before = this.before || new Set();
      const nodes = [...things.values()].map((one) => nodeOf(one, centre, things.size > 120 ? 0.75 : 1));
      this.canvas.setGraph({ nodes, links: this.links });
      const fresh = nodes.filter((one) => !before.has(one.id));
      this.before = new Set(things.keys());
      this.drawn = key;
      this.fresh = fresh;
      this.out = first ? 0 : this.outside(fresh);
      if (first || (this.out && !this.held)) this.look(first ? "first" : "fit");
    }
    if (this.out) this.out = this.outside(this.fresh);
    const label = `Picture around ${centre.name}: ${things.size} things, ${this.links.length} lines`;
    this.canvas.setState({ chosen: chosen.iri || chosen.id, label });
    this.frame.setAttribute("aria-label", `${label}. ${KEYS}`);
    this.counted();
    this.undoing.disabled = !this.place.values.open;
    this.legended();
  }

  /** How many of some things are out of sight. */
  outside(nodes) {
    const drawn = this.canvas.drawn();
    const ids = new Set(nodes.map((one) => one.id));
    const away = ({ id, x, y }) => ids.has(id) && (x < 10 || y < 10 || x > drawn.width - 10 || y > drawn.height - 10);
    return drawn ? drawn.nodes.filter(away).length : 0;
  }

  /** Fit the picture, or scale it. What the reader scales or moves stays so until it is fitted again. */
  look(camera) {
    this.held = camera === "in" || camera === "out";
    if (!this.held) this.out = 0;
    this.canvas.setState({ camera });
    this.counted();
  }

  /** Whoever turns the wheel or drags holds the picture. */
  heldBy(frame) {
    let down = null;
    frame.addEventListener("wheel", () => { this.held = true; }, { passive: true, capture: true }); // no other hears of it
    frame.addEventListener("pointerdown", (event) => { down = event; });
    frame.addEventListener("pointermove", (event) => {
      if (event.buttons && down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > 6) this.held = true;
    });
  }

  counted() {
    const out = this.out && `${this.out} of the new ${this.out === 1 ? "is" : "are"} out of sight: Fit shows all`;
    fill(this.tally, [tally(this.shown), out].filter(Boolean).join(" · "));
  }

  /** The legend, which is the filter: kinds with form, colour and number; years, confidence, sources. */
  legended() {
    const { known, counts } = this.shown;
    const kinds = kindsOf(this.shown);
    const sources = [...new Set(known.map((tie) => tie.source).filter(Boolean))].sort();
    const years = known.map(yearsOf).filter(Boolean);
    const span = years.length ? [Math.min(...years.map(([a]) => a)), Math.max(...years.map(([, b]) => b))] : null;
    const key = JSON.stringify([kinds, sources, span, counts.unit, this.dashed()]);
    if (key === this.barred) {
      this.bar.update(this.place);
      this.units?.setAttribute("aria-pressed", String(Boolean(this.place.values.units)));
      return;
    }
    this.barred = key;
    this.bar = bar(this.app, this.place, kinds, sources, span);
    this.units = counts.unit && this.shown.centre.kind !== "unit" ? this.unitsButton(counts.unit) : null;
    fill(this.legend, this.bar, make("p", { class: "lines" }, this.units,
      this.dashed() && make("span", {}, lineMark(true), "advised by"), make("span", {}, lineMark(false), "other ties")));
  }

  unitsButton(number) {
    const pressed = Boolean(this.place.values.units);
    const turn = () => change({ units: this.place.values.units ? "" : "1" });
    const attributes = { type: "button", class: "type type-unit", "aria-pressed": String(pressed), onclick: turn };
    return make("button", attributes, "departments ", make("small", {}, number));
  }

  dashed() {
    return this.shown.known.some((tie) => tie.relation === DASHED);
  }

  async told() {
    const mine = this.turn;
    const chosen = this.chosen();
    const relation = this.panel.contains(document.activeElement) && document.activeElement.dataset.relation;
    let inside;
    try {
      inside = chosen.ties
        ? linkPanel(this.place, this.shown, chosen)
        : await thingPanel(this.app, this.place, this.shown, await this.entityOf(chosen), (more) => this.expand(more));
    } catch (error) {
      inside = make("p", {}, error.message || String(error));
    }
    if (mine !== this.turn) return;
    fill(this.panel, inside);
    fill(this.visits, trail(this.place.path));
    if (relation) (this.panel.querySelector(`[data-relation="${relation}"]:enabled`) || this.frame).focus({ preventScroll: true });
  }

  entityOf({ iri }) {
    return iri === this.entity.iri ? this.entity : this.app.source.entity(iri, { limit: 100 });
  }

  choose(id) {
    const link = this.links.find((one) => one.id === id);
    const claim = link?.ties.find((tie) => tie.claim)?.claim;
    this.loose = link && !claim ? link : null;
    const path = link ? claim && pathOf(claim) : id && pathOf(id);
    const at = path === this.place.path ? "" : path || "";
    if (this.loose && !this.place.values.at) {
      this.canvas.setState({ chosen: id });
      this.told();
    } else change({ at }, { replace: true });
  }

  /** Ten more of a relation. */
  async expand(more) {
    const count = await further(this.app.source, this.shown, more);
    if (!count) {
      this.app.say("No more can be shown here.");
      return;
    }
    const steps = [...opened(this.place.values.open), entry(this.place, more.iri, more.relation, count)];
    const open = written(steps);
    this.grown = within({ ...this.place.values, open });
    change({ open });
    this.app.say(`${said(more)}: expanded`);
  }

  async expandFirst(id) {
    if (id !== (this.chosen().iri || "")) {
      this.choose(id);
      return;
    }
    const more = this.shown.more.find((one) => one.iri === id && one.shown < one.count);
    if (more) await this.expand(more);
    else this.app.say("There is no more to show.");
  }

  undo() {
    const { values } = this.place;
    if (this.grown === within(values)) history.back();
    else change({ open: written(opened(values.open).slice(0, -1)) }, { replace: true });
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.frame) return;
    const chosen = this.chosen();
    const path = pathOf(chosen.iri || this.shown.centre.iri);
    const acts = {
      Enter: () => this.expandFirst(chosen.iri), o: () => go(path), u: () => !this.undoing.disabled && this.undo(), Escape: () => this.choose(null),
      "+": () => this.look("in"), "=": () => this.look("in"), "-": () => this.look("out"), 0: () => this.look("fit"),
    };
    const act = event.key in ARROWS ? () => this.walk(ARROWS[event.key]) : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Go along a tie in a direction; where none leads there, to the nearest thing there. */
  walk(direction) {
    const chosen = this.chosen();
    const from = chosen.ties ? this.shown.things.get(chosen.to) : chosen;
    const tied = new Set(this.links.flatMap((one) => (one.from === from.iri ? [one.to] : one.to === from.iri ? [one.from] : [])));
    const all = [...this.shown.things.values()].filter((one) => one !== from);
    const next = best(from, all.filter((one) => tied.has(one.iri)), direction) || best(from, all, direction);
    if (!next) return;
    this.choose(next.iri);
    this.canvas.setState({ camera: { show: next.iri } });
    const link = this.links.find((one) => [one.from, one.to].includes(from.iri) && [one.from, one.to].includes(next.iri));
    this.app.say([next.name, word(next.kind), link?.label].filter(Boolean).join(", "));
  }

  async saved(ending) {
    const { centre, things, counts } = this.shown;
    const kinds = kindsOf({ counts: { ...counts } }).map(([kind]) => [kind, [...things.values()].filter((one) => one.kind === kind).length]);
    const drawn = svg(this.canvas.drawn(), {
      title: `Around ${centre.name}`, note: tally(this.shown), date: new Date().toISOString().slice(0, 10), link: whole(),
      kinds: kinds.filter(([, number]) => number), dashed: this.dashed() ? "advised by" : "",
    });
    const content = ending === "svg" ? drawn : await this.canvas.toPNG(drawn);
    save(fileName(`around ${centre.name}`, ending), "image/svg+xml", content);
  }

  async copied(target) {
    const done = await copy(whole());
    const text = done ? "Copied" : "Not allowed";
    target.textContent = text;
    this.app.say(text);
    setTimeout(() => { target.textContent = "Copy link"; }, 1800);
  }
}

/** A place without what is chosen in it. */
function within(values) {
  const told = Object.entries(values).filter(([name, value]) => name !== "at" && value);
  return JSON.stringify(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function button(text, label, act, named = null) {
  return make("button", { type: "button", class: named, "aria-label": text === label ? null : label, title: label, onclick: act }, text);
}

function lineMark(dashed) {
  const line = draw("line", { x1: 1, y1: 5, x2: 27, y2: 5, "stroke-dasharray": dashed ? "6 4" : null });
  return draw("svg", { width: 28, height: 10, "aria-hidden": "true", class: "line-mark" }, line);
}

/** One line for all that says the same of two things. */
function bundled(ties) {
  const found = new Map();
  for (const tie of ties) {
    const id = `${tie.from} ${tie.relation} ${tie.to}`;
    const link = found.get(id) || { id, from: tie.from, to: tie.to, label: tie.label, dashed: tie.relation === DASHED, directed: true, ties: [] };
    link.ties.push(tie);
    found.set(id, link);
  }
  for (const link of found.values()) {
    const [first] = link.ties;
    const more = link.ties.length > 1 ? `and ${link.ties.length - 1} more` : "";
    link.tip = [link.label, first.sentence, [first.source, more].filter(Boolean).join(" · ")];
  }
  return [...found.values()];
}

function nodeOf(one, centre, scale) {
  const middle = one === centre;
  const r = middle ? 13 : scale * Math.min(11, 5 + 1.1 * Math.log2(1 + one.weight));
  const rank = (middle ? 1e5 : one.opened ? 1e4 : 0) + one.weight;
  return { id: one.iri, kind: one.kind, text: one.name, x: one.x, y: one.y, r, rank, bold: middle || one.opened, tip: [one.name, word(one.kind)] };
}

/** Of some things the one that lies best in a direction. */
function best(from, things, direction) {
  let found = null;
  let least = Infinity;
  for (const one of things) {
    const angle = Math.atan2(one.y - from.y, one.x - from.x) - direction;
    const off = Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle)));
    if (off > 1.1) continue;
    const cost = Math.hypot(one.x - from.x, one.y - from.y) * (1 + 2 * off);
    if (cost < least) [found, least] = [one, cost];
  }
  return found;
}

