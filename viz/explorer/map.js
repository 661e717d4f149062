/* Maps: topics, speakers and institutions as islands that share much; laid out beforehand, so nothing moves but the reader. */

import { fill, make, plain } from "./dom.js";
import { address, change, iriOf, note, whole } from "./state.js";
import { colourOf, islands, themeOf } from "./islands.js";
import { png, svg } from "./mapfile.js";
import { moves } from "./mapmoves.js";
import { behindList, communitiesOf, communityList, linkNamed, linkPanel, linkTable, nodePanel, nodeValue, trendLists } from "./mappanel.js";
import { sceneOf } from "./mapscene.js";
import { yearBar } from "./mapyears.js";

const HITS = 8;
const SHORT = { "co-topic": "Topics", "co-speaker": "Speakers", "institution-flow": "Institutions" };
const HOME = { topic: "co-topic", person: "co-speaker", organization: "institution-flow" };
const NONE = "There is no map here: its talks tie nothing together, or the maps were not laid out (they need: pip install 'talkgraph[networks]').";

/** Show the map that the address names. */
export async function show(app, place, into) {
  const charts = await app.source.charts();
  if (!charts.length) return nothing(app, into);
  const view = new View(app, charts, into);
  await view.load(view.named(place));
  return {
    leave: () => view.leave(),
    update: (next) => view.update(next),
    shown: () => view.placed(place),
  };
}

async function nothing(app, into) {
  app.title("Map");
  const why = app.served ? await app.source.chart("co-topic").then(() => NONE, (error) => error.message) : NONE;
  into.append(make("h1", {}, "Map"), make("p", {}, why));
}

/** The values of the address as a choice. */
function choiceOf(scene, values) {
  const [first, last] = scene.chart.years;
  const number = (text, other) => (/^-?\d{1,4}$/.test(text || "") ? Number(text) : other);
  const isDated = first !== null;
  const from = isDated ? Math.min(Math.max(number(values.from, first), first), last) : first;
  const until = isDated ? Math.max(Math.min(number(values.until, last), last), from) : last;
  const only = communitiesOf(scene.chart.communities, values.community);
  const at = find(scene, values.at);
  const link = linkNamed(scene, at, find(scene, values.with));
  return { from, until, only, at, link, every: from === first && until === last };
}

function find(scene, value) {
  if (!value) return -1;
  return scene.at.get(iriOf(value)) ?? scene.at.get(value) ?? -1;
}

class View {
  constructor(app, charts, into) {
    Object.assign(this, { app, charts, into, scenes: new Map(), turn: 0 });
    this.canvas = make("canvas", { tabindex: "0", role: "application", "aria-describedby": "map-keys" });
    this.picture = islands(this.canvas);
    this.stage = make("div", { class: "map-stage" }, this.canvas, this.tools());
    this.panel = make("section", { class: "map-panel", "aria-label": "What was chosen", hidden: true });
    this.parts = { title: make("h1"), tabs: make("nav", { class: "tabs", "aria-label": "Maps" }), years: make("div", { class: "map-years" }),
      communities: make("div"), trends: make("div"), table: make("div"), caption: make("p", { class: "kind caption" }), parameters: make("p", { class: "kind" }) };
    into.classList.add("map-view");
    into.append(this.head(), this.body());
    moves(this.canvas, this.picture, (found) => this.picked(found));
    this.sizes = new ResizeObserver(() => this.picture.sized());
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.themed = () => {
      this.picture.theme();
      this.communities();
    };
    window.addEventListener("theme", this.themed);
    this.dark.addEventListener("change", this.themed);
  }

  head() {
    return make("div", { class: "map-head" }, this.parts.title, this.parts.tabs, this.search());
  }

  body() {
    const { years, communities, trends, table, caption, parameters } = this.parts;
    this.trends = make("details", { open: true }, make("summary", {}, "Rising and falling"), trends);
    return make("div", { class: "map-body" },
      make("div", { class: "map-main" }, this.stage, years, caption,
        make("p", { id: "map-keys", class: "kind keys" }, "Drag to move, wheel or two fingers to enlarge. By keyboard: arrows, + and −, 0 shows all, Enter chooses what is in the middle, Escape lets go. The lists and the table say the same."),
        make("details", { ontoggle: (event) => event.target.open && this.table() }, make("summary", {}, "The same as a table"), table),
        make("details", {}, make("summary", {}, "How it was made"), parameters)),
      make("aside", { class: "map-side", "aria-label": "Beside the map" }, this.panel,
        make("details", { open: true }, make("summary", {}, "Communities"), communities), this.trends));
  }

  tools() {
    const button = (label, text, act) => make("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    return make("div", { class: "map-tools", role: "group", "aria-label": "The picture" },
      button("Enlarge", "+", () => this.picture.zoom(1.5)), button("Shrink", "−", () => this.picture.zoom(1 / 1.5)),
      button("Show all", "⤢", () => this.picture.fit()),
      button("Save as PNG", "PNG", () => this.file(png)), button("Save as SVG", "SVG", () => this.file(svg)));
  }

  search() {
    const hits = make("ul", { class: "hits", hidden: true });
    const box = make("input", { type: "search", "aria-label": "Find on this map", placeholder: "Find on this map", autocomplete: "off" });
    const close = () => { hits.hidden = true; };
    const choose = (index) => {
      close();
      this.act({ at: nodeValue(this.scene.chart.nodes[index].iri), with: "" });
    };
    const look = () => {
      const asked = plain(box.value.trim());
      const found = asked ? this.scene.rank.filter((index) => plain(this.scene.chart.nodes[index].label).includes(asked)) : [];
      fill(hits, found.slice(0, HITS).map((index) => make("li", {}, make("button", { type: "button", onclick: () => choose(index) },
        make("bdi", {}, this.scene.chart.nodes[index].label)))),
        found.length > HITS && make("li", { class: "kind" }, `${HITS} of ${found.length} shown`),
        asked && !found.length && make("li", { class: "kind" }, "Nothing on this map has that in its name."));
      hits.hidden = !asked;
      return found;
    };
    box.addEventListener("input", look);
    const form = make("form", { class: "map-find", role: "search", "aria-label": "On this map", onsubmit: (event) => {
      event.preventDefault();
      const found = look();
      if (found.length) choose(found[0]);
    } }, box, hits);
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
    form.addEventListener("keydown", (event) => this.walk(event, box, hits, close));
    return form;
  }

  /** Arrow keys through what was found. */
  walk(event, box, hits, close) {
    if (event.key === "Escape") close();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [box, ...hits.querySelectorAll("button")];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!hits.hidden && next) {
      event.preventDefault();
      next.focus();
    }
  }

  named(place) {
    const { network, at } = place.values;
    const asked = network || HOME[at?.split("/")[0]];
    return this.charts.some((chart) => chart.name === asked) ? asked : this.charts[0].name;
  }

  async load(name) {
    if (!this.scenes.has(name)) this.scenes.set(name, sceneOf(await this.app.source.chart(name)));
    return this.scenes.get(name);
  }

  /** The view is on the page: it has a size now. */
  placed(place) {
    document.getElementById("main").classList.add("wide");
    this.sizes.observe(this.stage);
    this.set(this.scenes.get(this.named(place)), place.values);
    this.picture.sized();
    this.reveal();
  }

  async update(place) {
    const mine = ++this.turn;
    const name = this.named(place);
    const scene = await this.load(name).catch((error) => this.app.say(error.message));
    if (mine !== this.turn || !scene) return;
    const { at, link } = this.choice || {};
    this.set(scene, place.values);
    if (this.choice.at !== at || this.choice.link !== link) this.reveal();
  }

  /** What was chosen comes into sight. */
  reveal() {
    const { at, link } = this.choice;
    if (at >= 0) this.picture.reveal(link >= 0 ? this.scene.chart.links[link].slice(0, 2) : [at]);
  }

  /** Show a scene as values of the address tell. */
  set(scene, values) {
    const isNew = scene !== this.scene;
    this.scene = scene;
    this.choice = choiceOf(scene, values);
    this.picture.show(scene, this.choice);
    if (isNew) this.begin();
    this.years.set(this.choice);
    this.communities();
    this.caption();
    this.chosen();
    if (this.into.querySelector("details[open] table")) this.table();
  }

  /** What stands for as long as the network is the same. */
  begin() {
    const { chart } = this.scene;
    this.app.title(chart.title);
    this.parts.title.textContent = chart.title;
    this.canvas.setAttribute("aria-label", `Map: ${chart.title}. ${chart.nodes.length} nodes in ${chart.communities.length} communities.`);
    fill(this.parts.tabs, this.charts.map((one) => make("a", {
      href: address("map", one.name === this.charts[0].name ? {} : { network: one.name }),
      "aria-current": one.name === chart.name && "page",
    }, SHORT[one.name] || one.title)));
    fill(this.parts.parameters, `Area of a node: ${chart.counted}. Width of a line: ${chart.measure}. ${chart.parameters}.`);
    this.years?.stop();
    this.years = yearBar(this.scene, (values) => this.moved(values));
    fill(this.parts.years, this.years.element);
    this.trends.hidden = chart.name !== "co-topic";
    fill(this.parts.trends, trendLists(this.scene, (values) => this.act(values)));
    fill(this.parts.table);
  }

  caption() {
    fill(this.parts.caption, this.scene.chart.caption, !this.choice.every && " What has no year is faded while years are chosen.");
  }

  communities() {
    if (!this.scene) return;
    const theme = themeOf();
    const holds = this.parts.communities.contains(document.activeElement);
    const at = holds ? [...this.parts.communities.querySelectorAll("input, button")].indexOf(document.activeElement) : -1;
    fill(this.parts.communities, communityList(this.scene, this.choice.only, (id) => colourOf(theme, id), (values) => change(values, { replace: true })));
    if (at >= 0) this.parts.communities.querySelectorAll("input, button")[at]?.focus();
  }

  /** What is told of the chosen node or link. */
  chosen() {
    const { at, link, from, until } = this.choice;
    const key = [this.scene.chart.name, at, link, link >= 0 || [from, until]].join();
    if (key === this.told) return;
    this.told = key;
    this.panel.hidden = at < 0;
    const { nodes, links } = this.scene.chart;
    if (at >= 0) this.app.say((link >= 0 ? links[link].slice(0, 2) : [at]).map((end) => nodes[end].label).join(" and "));
    if (at < 0) fill(this.panel);
    else if (link >= 0) this.behind(link);
    else fill(this.panel, nodePanel(this.scene, at, this.choice, (values) => this.act(values)));
  }

  async behind(link) {
    const { chart } = this.scene;
    const things = make("div", { "aria-busy": "true" });
    fill(this.panel, linkPanel(this.scene, link, (values) => this.act(values), things));
    const [a, b] = chart.links[link];
    try {
      const found = await this.app.source.behind(chart.name, chart.nodes[a].iri, chart.nodes[b].iri);
      fill(things, behindList(found));
    } catch (error) {
      fill(things, make("p", { class: "wrong" }, error.message));
    }
    things.removeAttribute("aria-busy");
  }

  table() {
    fill(this.parts.table, linkTable(this.scene, this.picture.state.counts, (values) => this.act(values)));
  }

  /** Something was picked on the canvas. */
  picked({ node, link }) {
    const { nodes, links } = this.scene.chart;
    const value = (index) => nodeValue(nodes[index].iri);
    if (node !== undefined) this.act({ at: value(node), with: "" });
    else if (link !== undefined) this.act({ at: value(links[link][0]), with: value(links[link][1]) });
    else if (this.choice.at >= 0) this.act({ at: "", with: "" });
  }

  /** Choose something, with a step back to before. */
  act(values) {
    change(values);
  }

  /** The years were moved: shown at once, and kept in the address. */
  moved({ from, until }) {
    const [first, last] = this.scene.chart.years;
    const values = { from: from === first ? "" : from, until: until === last ? "" : until };
    note(values);
    Object.assign(this.choice, { from, until, every: !values.from && !values.until });
    this.picture.show(this.scene, this.choice);
    this.caption();
    this.chosen();
    if (this.into.querySelector("details[open] table")) this.table();
  }

  file(write) {
    const { chart } = this.scene;
    const { from, until, every } = this.choice;
    const years = every ? "" : `Shown: ${from} to ${until}.`;
    const { state } = this.picture;
    write({ ...state, at: state.link >= 0 ? -1 : state.at }, themeOf(), { title: `${chart.title} · ${document.documentElement.dataset.title}`, name: chart.name, years, address: whole() });
  }

  leave() {
    this.years?.stop();
    this.sizes.disconnect();
    window.removeEventListener("theme", this.themed);
    this.dark.removeEventListener("change", this.themed);
    document.getElementById("main").classList.remove("wide");
  }
}
