/* What is told of a thing beside its statements: attributes, ties without a sentence of their own, numbers of the catalogue. */

import { amounts, section } from "./amounts.js";
import { away, fill, make } from "./dom.js";
import { addressOf, named } from "./names.js";
import { rising } from "./rising.js";

const STEP = 10;
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
  const asked = [ties(app, entity), ...(entity.kind === "topic" ? [rising(app, entity)] : []), ...amounts(app, entity)];
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
