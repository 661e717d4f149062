/* What is told of a thing beside its statements: attributes, ties without a sentence of their own, numbers of the catalogue. */

import { away, counted, fill, make, plain } from "./dom.js";
import { addressOf, named } from "./names.js";
import { rising } from "./rising.js";
import { address } from "./state.js";

const STEP = 10;
const MOST = 200;
const TIES = {
  "^series": "Talks",
  "^unitOf": "Units",
  "^innerUnitOf": "Units within",
  "^partOf": "Parts",
  "^givenBy": "Awards it gives",
  "^broader": "Narrower topics",
  "^moderator": "Moderated",
  "^host": "Hosted",
};
const OWN = new Set(["title", "abstract", "date"]);

/** What is plainly said of a thing: its attributes, and of a talk what it is. */
export function basics(entity) {
  const { talk } = entity;
  const rows = talk ? talkRows(talk) : [];
  const attributes = entity.attributes.filter(({ word }) => !(talk && OWN.has(word)));
  const seen = new Set(talk ? [...talk.series, ...talk.speakers, ...talk.topics].map((thing) => thing.name) : []);
  for (const [word, values] of byWord(attributes.filter(({ value }) => !seen.has(value)))) {
    rows.push(make("dt", {}, word), ...values.map((told) => make("dd", { dir: "auto" }, attribute(told))));
  }
  return [
    rows.length > 0 && make("dl", { class: "basics" }, rows),
    talk?.abstract && make("p", { class: "abstract", dir: "auto" }, talk.abstract),
  ];
}

function talkRows(talk) {
  const row = (word, things) =>
    things.length > 0 && [
      make("dt", {}, word),
      make(
        "dd",
        { class: "chips" },
        things.map((thing) => named(thing)),
      ),
    ];
  return [
    talk.date && [make("dt", {}, "date"), make("dd", {}, make("time", {}, talk.date))],
    row("speakers", talk.speakers),
    row("series", talk.series),
    row("topics", talk.topics),
  ].filter(Boolean);
}

function byWord(attributes) {
  const found = new Map();
  for (const told of attributes) found.set(told.word, [...(found.get(told.word) || []), told]);
  return found;
}

function attribute({ value, iri }) {
  if (iri) return make("a", { href: addressOf(iri) }, value);
  return /^(https?|mailto):/i.test(value) ? away(value, value) : value;
}

/** Sections that come after the facts. */
export async function extras(app, entity) {
  const asked = [ties(app, entity)];
  if (entity.kind === "person") asked.push(topics(app, entity));
  if (entity.kind === "organization") {
    asked.push(
      amounts(app, "trained-where", { institution: entity.name }, "Where its people trained", (to) => [
        "moved-from-to",
        { from: to, to: entity.name },
      ]),
    );
    asked.push(
      amounts(app, "went-to", { institution: entity.name }, "Where its alumni went", (to) => [
        "moved-from-to",
        { from: entity.name, to },
      ]),
    );
  }
  if (entity.kind === "topic") {
    asked.push(
      rising(app, entity),
      amounts(app, "co-topics", { topic: entity.name }, "Talked about with it", (to) => [
        "both-topics",
        { one: entity.name, other: to },
      ]),
    );
  }
  const told = await Promise.all(asked.map((one) => one.catch(() => null)));
  return told.flat().filter(Boolean);
}

/** Ties that no statement tells: talks of a series, parts of an institution, narrower topics. */
async function ties(app, entity) {
  const { relations } = await app.source.neighbours(entity.iri, {});
  const wanted = relations.filter(({ relation }) => relation in TIES);
  return Promise.all(wanted.map(({ relation }) => tied(app, entity, relation)));
}

async function tied(app, entity, relation) {
  const list = make("ul", { class: "named ties" });
  const foot = make("p", { class: "more" });
  const put = async (offset) => {
    const { neighbours, total } = await app.source.neighbours(entity.iri, { relation, limit: STEP, offset });
    list.append(
      ...neighbours.map((thing) =>
        make(
          "li",
          {},
          named(thing),
          thing.weight > 0 &&
            thing.kind !== "talk" &&
            make("small", { class: "number" }, ` ${thing.weight.toLocaleString("en")}`),
        ),
      ),
    );
    const end = list.children.length;
    const more = () => put(end).then(() => list.children[end]?.querySelector("a")?.focus());
    fill(
      foot,
      end < total &&
        neighbours.length > 0 && [
          `${end.toLocaleString("en")} of ${total.toLocaleString("en")} shown `,
          make("button", { type: "button", class: "small", onclick: more }, `${Math.min(STEP, total - end)} more`),
        ],
    );
    return total;
  };
  const total = await put(0);
  return section(TIES[relation], total, null, list, foot);
}

function section(title, number, kind, ...children) {
  return make(
    "section",
    { class: "group", "data-kind": kind },
    make("h2", {}, title, number > 0 && " ", number > 0 && make("small", { class: "number" }, number.toLocaleString("en"))),
    children,
  );
}

/** The topics of a person; names that several people share are not asked for. */
async function topics(app, entity) {
  const { hits } = await app.source.search(entity.name, { kind: "person", limit: 5 });
  const same = hits.filter((hit) => plain(hit.matched) === plain(entity.name) && hit.iri !== entity.iri);
  if (same.length) return null;
  const values = { name: entity.name };
  const answer = await app.source.query("topics-of", { ...values, limit: MOST });
  if (!answer.rows.length) return null;
  const one = ({ cells, things }) =>
    make(
      "li",
      {},
      named({ iri: things.topic, kind: "topic", name: cells.topic }),
      " ",
      make("small", { class: "number" }, Number(cells.talks) > 1 && cells.talks),
    );
  return section(
    "Topics",
    answer.total,
    "topic",
    make("ul", { class: "chips" }, answer.rows.slice(0, STEP * 2).map(one)),
    whole("topics-of", values, Math.min(answer.rows.length, STEP * 2), answer.total),
  );
}

/** Numbers of the catalogue as bars, each of which leads to what is behind it. */
async function amounts(app, name, values, title, behind) {
  const answer = await app.source.query(name, { ...values, limit: STEP });
  if (!answer.rows.length) return null;
  const [what, number] = answer.columns;
  const kind = name === "co-topics" ? "topic" : "organization";
  const most = Math.max(...answer.rows.map(({ cells }) => Number(cells[number])));
  const one = ({ cells, things }) => {
    const bar = make("span", { class: `bar of-${kind}`, "aria-hidden": "true" });
    bar.style.width = `${(100 * Number(cells[number])) / most}%`;
    const [query, asked] = behind(cells[what]);
    const link = make(
      "a",
      { href: address(`query/${query}`, asked), title: "What is behind it" },
      counted(Number(cells[number]), number.replace(/s$/, ""), number).replace("1 people", "1 person"),
    );
    return make(
      "li",
      {},
      named({ iri: things[what] || "", kind, name: cells[what] }),
      make("span", { class: "amount" }, bar, link),
    );
  };
  return section(
    title,
    0,
    kind,
    make("ul", { class: "amounts" }, answer.rows.map(one)),
    whole(name, values, answer.rows.length, answer.total),
  );
}

function whole(name, values, shownNow, all) {
  if (all <= shownNow) return null;
  return make(
    "p",
    { class: "more" },
    `${shownNow} of ${all.toLocaleString("en")} shown `,
    make("a", { href: address(`query/${name}`, values) }, "all"),
  );
}
