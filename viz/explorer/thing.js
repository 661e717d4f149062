/* One thing: what it is called, what is known of it, what is near it. */

import { copy, fill, make, unfolded } from "./dom.js";
import { facts } from "./facts.js";
import { read } from "./filters.js";
import * as graph from "./graph.js";
import { textOf, word } from "./names.js";
import { claimed } from "./span.js";
import { address, iriOf, pathOf, whole } from "./state.js";
import * as table from "./table.js";
import * as timeline from "./timeline.js";

const FIRST = 50;
const NAMES = 8;
const TABS = [
  ["facts", "Facts"],
  ["graph", "Graph"],
  ["table", "Table"],
  ["timeline", "Timeline"],
];
const DATED = new Set(["person", "organization", "topic"]);
const BROAD = new Set(["graph", "table"]);
const VIEWS = { facts: { show: showFacts }, graph, table, timeline };

/** Show it. */
export async function show(app, place, into) {
  let entity;
  try {
    entity = await app.source.entity(iriOf(place.path), { limit: FIRST });
  } catch (error) {
    if (error.status !== 404) throw error;
    return claimed(app, iriOf(place.path), place, into);
  }
  return page(app, place, into, entity);
}

async function page(app, place, into, entity) {
  app.title(entity.name);
  const tabs = make("nav", { class: "tabs", "aria-label": `Views of ${entity.name}` });
  const body = make("div", { class: "tab" });
  into.classList.add("thing");
  into.append(heading(app, place, entity), tabs, body);
  const state = { app, entity, tabs, body, page: into, at: null, tab: null, turn: 0 };
  await turned(state, place);
  const folded = unfolded(into, "details.others, details.reasons, .names details");
  return {
    leave: () => {
      folded();
      broad("");
      state.tab?.leave?.();
    },
    shown: () => {
      broad(state.at);
      state.tab?.shown?.();
    },
    update: (to) => updated(state, to).catch((error) => failed(state, error)),
  };
}

function failed(state, error) {
  state.tab?.leave?.();
  Object.assign(state, { tab: null, at: null });
  fill(state.body, make("p", { class: "wrong", role: "alert" }, error.message));
}

/** The view that a place names; facts where it names none. */
function viewOf(place, entity) {
  const { view } = place.values;
  if (view === "timeline" && !DATED.has(entity.kind)) return "facts";
  return view in VIEWS ? view : "facts";
}

async function updated(state, place) {
  const view = viewOf(place, state.entity);
  if (view === state.at && state.tab?.update) {
    bars(state, place);
    await state.tab.update(place);
    return;
  }
  if (!(await turned(state, place))) return;
  broad(view);
  state.tab?.shown?.();
}

/** Show the tab of a place; false where the reader has gone on meanwhile. */
async function turned(state, place) {
  const mine = ++state.turn;
  const view = viewOf(place, state.entity);
  bars(state, place);
  const into = make("div", { class: `view-${view}` });
  const begun = () => {
    if (mine !== state.turn || state.at) return;
    fill(state.body, into);
    broad(view);
    state.app.begun(state.page);
  };
  const result = await VIEWS[view].show(state.app, place, into, state.entity, begun);
  if (mine !== state.turn) {
    (result?.leave || (typeof result === "function" ? result : null))?.();
    return false;
  }
  state.tab?.leave?.();
  state.tab = typeof result === "function" ? { leave: result } : result;
  state.at = view;
  if (into.parentNode !== state.body) fill(state.body, into);
  return true;
}

/* A picture and a table take the whole width of the window. */
function broad(view) {
  document.getElementById("main").classList.toggle("broad", BROAD.has(view));
}

function bars(state, place) {
  const { entity, tabs } = state;
  const view = viewOf(place, entity);
  const wanted = TABS.filter(([name]) => name !== "timeline" || DATED.has(entity.kind));
  if (!tabs.firstChild) tabs.append(...wanted.map(([name, label]) => make("a", { "data-view": name }, label)));
  for (const link of tabs.children) {
    const name = link.dataset.view;
    link.href = address(place.path, { ...place.values, view: name === "facts" ? "" : name });
    if (name === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (state.at && state.at !== view) state.app.say(`${view} of ${entity.name}`);
}

async function showFacts(app, place, into, entity) {
  const element = facts(app, entity, place);
  into.append(element);
  const first = entity.total <= entity.statements.length || read(place.values).any;
  await (first ? element.whole : element.begun);
  return { update: element.update };
}

function heading(app, place, entity) {
  const link = make("button", { type: "button", class: "small" }, "Copy link");
  link.addEventListener("click", async () => {
    link.textContent = (await copy(whole())) ? "Link copied" : "Not allowed here";
    app.say(link.textContent);
  });
  const own = pathOf(entity.iri) ?? place.path;
  const file = (ending) => make("a", { href: `${address(own)}.${ending}` }, `.${ending}`);
  return make(
    "div",
    { class: "heading" },
    make(
      "p",
      { class: "kind" },
      make("span", { class: `type type-${entity.kind}` }, word(entity.kind)),
      entity.summary && " · ",
      entity.summary && make("bdi", {}, entity.summary),
    ),
    make("h1", { dir: "auto" }, entity.name),
    others(entity.names),
    make(
      "p",
      { class: "doings" },
      link,
      make("a", { href: address("way", { one: own }) }, "Connect to …"),
      entity.talk && make("a", { href: textOf(entity.iri) }, "In the source"),
      app.served && [file("ttl"), file("jsonld")],
    ),
    reasons(entity),
  );
}

function others(names) {
  if (!names.length) return null;
  const told = (some) => some.flatMap((name, at) => [at ? "; " : "", make("bdi", {}, name)]);
  const rest = names.slice(NAMES);
  return make(
    "div",
    { class: "names" },
    "Also ",
    told(names.slice(0, NAMES)),
    rest.length > 0 && make("details", {}, make("summary", {}, `${rest.length} more names`), told(rest)),
  );
}

/** Why several names are taken for one thing. */
function reasons(entity) {
  if (!entity.because.length) return null;
  const list = make(
    "ul",
    {},
    entity.because.map((reason) => make("li", { dir: "auto" }, reason)),
  );
  return make("details", { class: "reasons" }, make("summary", {}, `Why this is one ${word(entity.kind)}`), list);
}
