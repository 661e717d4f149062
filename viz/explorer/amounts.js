/* Numbers about a thing that no one sentence says: the topics of a person, where people came from and went, what goes together. */

import { counted, make, plain } from "./dom.js";
import { named } from "./names.js";
import { address } from "./state.js";

const STEP = 10;
const MOST = 200;
const SOME = 12;

/* Of each: the query of the catalogue and its parameter, the same as two ties in a row, and what stands behind a number. */
const TOLD = {
  topics: {
    title: "Topics",
    query: "topics-of",
    by: "name",
    ties: ["^speaker", "topic"],
    kind: "topic",
    unit: ["talk", "talks"],
  },
  trained: {
    title: "Where its people trained",
    query: "trained-where",
    by: "institution",
    ties: ["^affiliatedWith", "trainedAt"],
    kind: "organization",
    unit: ["person", "people"],
    behind: (name, other) => ["moved-from-to", { from: other, to: name }],
  },
  went: {
    title: "Where its alumni went",
    query: "went-to",
    by: "institution",
    ties: ["^trainedAt", "affiliatedWith"],
    kind: "organization",
    unit: ["person", "people"],
    behind: (name, other) => ["moved-from-to", { from: name, to: other }],
  },
  together: {
    title: "Talked about with it",
    query: "co-topics",
    by: "topic",
    ties: ["^topic", "topic"],
    kind: "topic",
    unit: ["talk", "talks"],
    behind: (name, other) => ["both-topics", { one: name, other }],
  },
};
const WANTED = { person: ["topics"], organization: ["trained", "went"], topic: ["together"] };

/** Sections of numbers about a thing; promises, null where there is nothing. */
export function amounts(app, entity) {
  return (WANTED[entity.kind] || []).map((name) => (name === "topics" ? topics(app, entity) : flows(app, entity, TOLD[name])));
}

/** A section with the number of what it holds in its heading. */
export function section(title, number, kind, ...children) {
  const count = number > 0 && make("small", { class: "number" }, number.toLocaleString("en"));
  return make("section", { class: "group", "data-kind": kind }, make("h2", {}, title, " ", count), children);
}

/** The first rows of what the catalogue answers: `rows` of `thing` and `number`, and their `total`. */
async function answered(app, entity, { query, by, kind, unit }, limit) {
  const { rows, total, columns } = await app.source.query(query, { [by]: entity.name, limit });
  const numbers = unit[1];
  const told = rows.map(({ cells, things }) => ({
    thing: { iri: things[columns[0]] || "", kind, name: cells[columns[0]] },
    number: Number(cells[numbers]),
  }));
  return { rows: told, total };
}

/** The same, counted along two ties: through each neighbour to others, `most` neighbours at most. */
async function through(app, entity, { ties: [first, second] }, most) {
  const near = await app.source.neighbours(entity.iri, { relation: first, limit: most });
  const found = new Map();
  for (const { iri } of near.neighbours) {
    const { neighbours } = await app.source.neighbours(iri, { relation: second, limit: MOST });
    for (const thing of neighbours.filter((other) => other.iri !== entity.iri)) {
      const row = found.get(thing.iri) || { thing, number: 0 };
      row.number += 1;
      found.set(thing.iri, row);
    }
  }
  const rows = [...found.values()].sort((a, b) => b.number - a.number || (a.thing.name < b.thing.name ? -1 : 1));
  return { rows, total: rows.length, cut: near.total > near.neighbours.length };
}

/** The topics of a person, most talks first; of a name that several people have, along the talks, if they are few, else null. */
export async function topicsOf(app, entity, limit = STEP * 2) {
  const shared = app.served && (await isShared(app, entity));
  const told =
    app.served && !shared ? await answered(app, entity, TOLD.topics, limit) : await through(app, entity, TOLD.topics, shared ? SOME : MOST);
  return told.rows.length && !(shared && told.cut) ? { ...told, shared } : null;
}

async function topics(app, entity) {
  const spec = TOLD.topics;
  const told = await topicsOf(app, entity);
  if (!told) return null;
  const one = ({ thing, number }) => make("li", {}, named(thing), number > 1 && make("small", { class: "number" }, ` ${number}`));
  const list = make("ul", { class: "chips" }, told.rows.slice(0, STEP * 2).map(one));
  return section(spec.title, told.total, spec.kind, list, whole(app, entity, spec, STEP * 2, told.shared ? 0 : told.total));
}

async function isShared(app, entity) {
  const { hits } = await app.source.search(entity.name, { kind: "person", limit: 5 });
  return hits.some((hit) => hit.iri !== entity.iri && plain(hit.matched) === plain(entity.name));
}

/** Numbers as bars, each of which leads to what is behind it. */
async function flows(app, entity, spec) {
  const told = app.served ? await answered(app, entity, spec, STEP) : await through(app, entity, spec, MOST);
  const rows = told.rows.slice(0, STEP);
  if (!rows.length) return null;
  const most = Math.max(...rows.map(({ number }) => number));
  const one = ({ thing, number }) => {
    const bar = make("span", { class: `bar of-${spec.kind}`, "aria-hidden": "true" });
    bar.style.width = `${(100 * number) / most}%`;
    return make("li", {}, named(thing), make("span", { class: "amount" }, bar, leading(app, entity, spec, thing, number)));
  };
  return section(
    spec.title,
    0,
    spec.kind,
    make("ul", { class: "amounts" }, rows.map(one)),
    whole(app, entity, spec, STEP, told.total),
  );
}

function leading(app, entity, spec, thing, number) {
  const text = counted(number, ...spec.unit);
  if (!app.served) return make("span", {}, text);
  const [query, values] = spec.behind(entity.name, thing.name);
  return make("a", { href: address(`query/${query}`, values), title: "What is behind it" }, text);
}

function whole(app, entity, { query, by }, shown, all) {
  if (all <= shown) return null;
  const link = app.served && make("a", { href: address(`query/${query}`, { [by]: entity.name }) }, "all");
  return make("p", { class: "more" }, `${shown} of ${all.toLocaleString("en")} shown `, link);
}
