/* The landing page: what is in here, what can be asked, and where to begin. */

import { away, copy, counted, fill, make } from "./dom.js";
import { listed, named, several } from "./names.js";
import { address, root } from "./state.js";
import { yearBars } from "./years.js";

const SOURCES = 8;
const FEW = 5; // of a list on a phone, as home.css has it

/** Show it. */
export async function show(app, place, into) {
  const told = await app.source.home();
  app.title("");
  into.classList.add("landing");
  fill(
    into,
    make("h1", { dir: "auto" }, told.title),
    make(
      "p",
      { class: "tally" },
      told.counts.map(([text, number]) => make("span", {}, make("b", {}, number.toLocaleString("en")), ` ${text}`)),
    ),
    questions(told.questions),
    years(told.years),
    most(told.most),
    make(
      "div",
      { class: "columns" },
      make("div", {}, newest(told.newest), review(told.review)),
      make("div", {}, sources(told), about(app, told)),
    ),
  );
}

function section(title, ...children) {
  return make("section", {}, make("h2", {}, title), children);
}

function questions(texts) {
  if (!texts?.length) return null;
  return section(
    "Ask",
    make(
      "ul",
      { class: "questions" },
      texts.map((q) => make("li", {}, make("a", { href: address("find", { q }) }, q))),
    ),
  );
}

/** Bars of the talks of each year; each leads to them. */
function years(counts) {
  if (!counts?.length) return null;
  const told = new Map(counts);
  const span = [Math.min(...told.keys()), Math.max(...told.keys())];
  const target = (year) => address("query/talks-in-year", { year });
  const bars = yearBars(told, span, (year, number) => `${year}: ${counted(number, "talk")}`, target);
  return section("Talks by year", make("ol", { class: "bars" }, bars));
}

function most(kinds) {
  const told = Object.entries(kinds || {}).filter(([, things]) => things.length);
  if (!told.length) return null;
  const one = ([kind, things]) => {
    const list = make("ul", { class: "named" }, things.map(weighty));
    const all = () => list.classList.add("all");
    const more =
      things.length > FEW &&
      make("p", { class: "more" }, `${FEW} of ${things.length} shown `, make("button", { type: "button", class: "plain", onclick: all }, "all"));
    return make("div", {}, make("h3", {}, several(kind)), list, more);
  };
  const how = make("p", { class: "reading" }, "The number counts what leads there: talks and students of a person, people of an institution, talks on a topic, holders of an award.");
  return section("Most connected", how, make("div", { class: "kinds-of" }, told.map(one)));
}

function weighty(thing) {
  const number = make("small", { class: "number" }, thing.weight.toLocaleString("en"));
  const summary = /^\d/.test(thing.summary || "") ? "" : thing.summary;
  return make(
    "li",
    {},
    make("span", { class: "counted" }, named(thing), " ", number),
    summary && make("small", { class: "told", dir: "auto" }, summary),
  );
}

function newest(talks) {
  if (!talks?.length) return null;
  const one = (talk) =>
    make(
      "li",
      {},
      named(talk),
      make(
        "small",
        { class: "told" },
        talk.date,
        talk.date && talk.speakers.length > 0 && " · ",
        listed(talk.speakers.map((who) => named(who, { class: "quiet" }))),
      ),
    );
  return section("Newest talks", make("ul", { class: "named" }, talks.map(one)));
}

function review(queries) {
  const open = (queries || []).filter((query) => query.total !== 0);
  if (!open.length) return null;
  const one = (query) =>
    make(
      "li",
      {},
      make("a", { href: address(`query/${query.query}`) }, query.title),
      " ",
      query.total && make("small", { class: "number" }, query.total.toLocaleString("en")),
    );
  return section("Needs a look", make("ul", { class: "named" }, open.map(one)));
}

function sources(told) {
  if (!told.sources?.length) return null;
  const one = (source) =>
    make(
      "li",
      {},
      source.url ? away(source.url, source.name) : source.name,
      " ",
      make("small", { class: "number" }, counted(source.talks, "talk")),
    );
  const first = told.sources.slice(0, SOURCES).map(one);
  const rest = told.sources.slice(SOURCES);
  const total = told.sources_total ?? told.sources.length;
  const more =
    rest.length > 0 &&
    make(
      "details",
      {},
      make("summary", {}, `${rest.length.toLocaleString("en")} more`),
      make("ul", { class: "named" }, rest.map(one)),
    );
  const cut =
    total > told.sources.length &&
    make("p", { class: "reading" }, `${told.sources.length.toLocaleString("en")} of ${total.toLocaleString("en")} shown`);
  return section("Read from", make("ul", { class: "named" }, first), more, cut);
}

/** All of it as files. */
function taken() {
  const file = (path, text) => make("a", { href: root + path }, text);
  return [
    file("dump/graph.nt", "the graph (N-Triples)"),
    ", ",
    file("dump/records.jsonl", "the talks (JSON Lines)"),
    ", ",
    file(".well-known/void", "their description (VoID)"),
    "; this explorer as one file: ",
    make("code", {}, "kg save explorer.html"),
  ];
}

function licence(text) {
  if (!text) return "none is stated: ask who made this before you publish from it";
  return /^https?:/.test(text) ? away(text, text) : make("span", { dir: "auto" }, text);
}

function about(app, told) {
  const row = (term, value) => value && [make("dt", {}, term), make("dd", {}, value)];
  const button = make("button", { type: "button", class: "small" }, "Copy");
  button.addEventListener("click", async () => {
    const done = await copy(told.cite);
    button.textContent = done ? "Copied" : "Not allowed here";
    app.say(button.textContent);
  });
  const cite = told.cite && [make("span", { dir: "auto" }, told.cite), " ", button];
  const when = told.built && make("time", { datetime: told.built }, told.built.slice(0, 10));
  return section(
    "About these data",
    make(
      "dl",
      {},
      row("built", when),
      row("version", told.version),
      row("licence", licence(told.licence)),
      row("names of things", told.base && ["begin with ", make("span", { dir: "ltr" }, told.base)]),
      row("cite as", cite),
      row("to take away", app.served && taken()),
    ),
  );
}
