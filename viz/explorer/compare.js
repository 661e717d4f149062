/* Two things side by side: what is known of each by heading, what both have first and marked. */

import { topicsOf } from "./amounts.js";
import { make } from "./dom.js";
import { when } from "./fact.js";
import { grouped } from "./groups.js";
import { named } from "./names.js";
import { Statements, WHOLE, merged } from "./statements.js";

const SHOWN = 8;
const TOPICS = 200;
const LAST = 99;

/** The table of two things, told as the source tells them; null where they are one, or nothing is known of either. */
export async function compared(app, [one, other]) {
  if (one.iri === other.iri) return null;
  const sides = await Promise.all([one, other].map((entity) => sideOf(app, entity)));
  const rows = rowsOf(sides);
  if (!rows.length) return null;
  const shared = sharedOf(sides);
  const head = ["", one, other].map((end) => make("th", { scope: "col", dir: "auto" }, end && named(end)));
  return make(
    "section",
    { class: "compared" },
    make("h2", {}, "Side by side"),
    make("p", { class: "rests" }, told(shared), sides.filter(({ cut }) => cut).map(partly)),
    make(
      "div",
      { class: "wide", tabindex: 0, role: "region", "aria-label": "Both side by side" },
      make("table", {}, make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows.map((row) => line(row, shared)))),
    ),
  );
}

/** What is known of a thing: `[{title, rank, entries}]`, an entry once for each other thing or words. */
async function sideOf(app, entity) {
  const statements = new Statements(app.source, entity);
  const [all, topics] = await Promise.all([
    statements.all(),
    entity.kind === "person" ? topicsOf(app, entity, TOPICS).catch(() => null) : null,
  ]);
  const groups = grouped(entity, all).map(({ title, rank, statements: some }) => ({
    title,
    rank,
    entries: entriesOf(merged(some).map(([first]) => first)),
  }));
  if (topics) groups.push({ title: "Topics", rank: LAST, entries: entriesOf(topics.rows.map(({ thing }) => ({ other: thing }))) });
  return { entity, groups, cut: !statements.small };
}

/** Entries by key; where there are several of one thing, the years of each. */
function entriesOf(statements) {
  const found = new Map();
  for (const statement of statements) {
    const { other, printed } = statement;
    const key = other ? other.iri : printed;
    if (!found.has(key)) found.set(key, { key, other, printed, years: new Set() });
    const year = statement.kind ? when(statement) : "";
    if (year) found.get(key).years.add(year);
  }
  return found;
}

function rowsOf(sides) {
  const found = new Map();
  sides.forEach(({ groups }, side) => {
    for (const { title, rank, entries } of groups) {
      if (!found.has(title)) found.set(title, { title, rank, cells: [new Map(), new Map()] });
      found.get(title).cells[side] = entries;
    }
  });
  return [...found.values()].sort((a, b) => a.rank - b.rank || (a.title < b.title ? -1 : 1));
}

/** The keys that stand on both sides, under whatever heading. */
function sharedOf(sides) {
  const [one, other] = sides.map(({ groups }) => new Set(groups.flatMap(({ entries }) => [...entries.keys()])));
  return new Set([...one].filter((key) => other.has(key)));
}

function told(shared) {
  return shared.size ? `${shared.size.toLocaleString("en")} in common, marked and first in each cell.` : "Nothing here is told of both.";
}

function partly({ entity }) {
  return ` Of ${entity.name} the first ${WHOLE.toLocaleString("en")} of ${entity.total.toLocaleString("en")} facts were looked at.`;
}

function line({ title, cells }, shared) {
  return make("tr", {}, make("th", { scope: "row" }, title), cells.map((entries) => make("td", {}, list(entries, shared))));
}

function list(entries, shared) {
  if (!entries.size) return make("span", { class: "none" }, "–");
  const all = [...entries.values()];
  const ordered = [...all.filter(({ key }) => shared.has(key)), ...all.filter(({ key }) => !shared.has(key))];
  const items = ordered.map((entry) => item(entry, shared));
  const rest = items.slice(SHOWN);
  return [
    make("ul", {}, items.slice(0, SHOWN)),
    rest.length > 0 && make("details", { class: "others" }, make("summary", {}, `${rest.length} more`), make("ul", {}, rest)),
  ];
}

function item({ key, other, printed, years }, shared) {
  const name = other ? named(other) : make("span", { dir: "auto" }, printed);
  const both = shared.has(key) && [" ", make("strong", { class: "in-common" }, "both")];
  return make("li", {}, name, both, years.size > 0 && make("small", {}, ` ${[...years].join(", ")}`));
}
