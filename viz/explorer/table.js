/* The table of a thing: the ties that its graph draws, row by row, with the same filters. */

import { gathered } from "./around.js";
import { counted, fill, make, marked } from "./dom.js";
import { bar, yearsOf } from "./filters.js";
import { placeLink, PREFIXES, thingLink, words } from "./iris.js";
import { exports, sheet } from "./sheet.js";
import { address, note } from "./state.js";

const BARE = { units: 0, filtered: 0, orphans: 0 };

/** Show it. */
export async function show(app, place, into, entity) {
  const told = await gathered(app.source, place);
  const bars = filters(app, place, told);
  const shown = make("div", { class: "rows" });
  const draw = (at, found) => fill(shown, ...rows(app, at, found, entity));
  draw(place, told);
  into.append(bars, shown);
  let turn = 0;
  return {
    async update(to) {
      const mine = ++turn;
      bars.update?.(to);
      try {
        const found = await gathered(app.source, to);
        if (mine !== turn) return;
        draw(to, found);
        app.say(shown.querySelector(".rests").textContent);
      } catch (error) {
        fill(shown, make("p", { class: "wrong" }, error.message));
      }
    },
  };
}

function filters(app, place, told) {
  const ties = told.known || told.ties;
  const sources = [...new Set(ties.map((tie) => tie.source).filter(Boolean))].sort();
  const years = ties.flatMap((tie) => yearsOf(tie) || []);
  return bar(app, place, kindsOf(told), sources, years.length ? [Math.min(...years), Math.max(...years)] : null);
}

function kindsOf(told) {
  const counts = new Map(Object.entries(told.counts || {}));
  if (!told.counts) for (const thing of told.things.values()) counts.set(thing.kind, (counts.get(thing.kind) || 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function rows(app, place, told, entity) {
  const name = entity?.name || told.centre.name;
  const listed = told.ties
    .map((tie) => ({ ...tie, start: told.things.get(tie.from), end: told.things.get(tie.to) }))
    .filter((row) => row.start && row.end);
  const count = make("p", { class: "rests" }, ...counts(place, told, listed));
  if (!listed.length) return [count];
  const table = sheet(COLUMNS, listed, {
    caption: `What ${name} is tied to`,
    sort: place.values.sort,
    sorted: (sort) => note({ sort }),
  });
  const turtle = () => written(table.rows());
  const saves = exports(
    `${name} table`,
    () => table,
    (it) => it.rows().map(plainly),
    [["Turtle", turtle, "text/turtle", "ttl"]],
  );
  return [count, table, make("div", { class: "below" }, saves)];
}

function counts(place, told, listed) {
  const { units, filtered, orphans } = { ...BARE, ...told.hidden };
  const out = units + filtered + orphans;
  const more = (told.more || []).reduce((sum, one) => sum + Math.max(0, one.count - one.shown), 0);
  return [
    `${counted(listed.length, "tie")} among ${counted(told.things.size, "thing")} shown`,
    out > 0 && `, ${out.toLocaleString("en")} hidden by the filters`,
    ".",
    more > 0 && [
      " ",
      make("a", { href: address(place.path, { ...place.values, view: "graph" }) }, "The graph"),
      ` opens ${counted(more, "more", "more")}.`,
    ],
  ];
}

const COLUMNS = [
  { key: "from", label: "from", value: (row) => row.start.name, cell: (row) => thingLink(row.start) },
  { key: "relation", label: "relation", value: (row) => row.label || words(row.relation) },
  { key: "to", label: "to", value: (row) => row.end.name, cell: (row) => thingLink(row.end) },
  { key: "dates", label: "dates", value: dates, class: "dates" },
  {
    key: "sentence",
    label: "sentence",
    value: (row) => row.sentence ?? null,
    class: "sentence",
    cell: (row) => (row.sentence ? make("span", { dir: "auto" }, marked(row.sentence, row.printed)) : ""),
  },
  {
    key: "source",
    label: "source",
    value: (row) => row.source ?? null,
    cell: (row) => (row.claim ? placeLink(row.claim, row.source || "open") : row.source || ""),
  },
  {
    key: "confidence",
    label: "confidence",
    value: (row) => (typeof row.confidence === "number" ? String(row.confidence) : null),
  },
];

/** When a tie is told to hold: what the sentence says, else what its source is dated. */
function dates(row) {
  const told = Object.fromEntries(row.details || []);
  const { start = "", end = "" } = told;
  if (start || end) return start === end ? start : `${start} – ${end}`.trim();
  return told.date || told.year || row.as_of || null;
}

function plainly(row) {
  const { start, end, claim, relation, label, kind, confidence, source, as_of, sentence, printed, details } = row;
  const named = ({ iri, kind: what, name }) => ({ iri, kind: what, name });
  return {
    from: named(start),
    relation,
    label,
    to: named(end),
    kind,
    details,
    printed,
    sentence,
    source,
    as_of,
    confidence,
    claim,
  };
}

/** The rows as Turtle: each tie, the claim that states it, its sentence and confidence, and the names of its ends. */
function written(shown) {
  const names = new Map(
    shown.flatMap((row) => [
      [row.from, row.start.name],
      [row.to, row.end.name],
    ]),
  );
  const lines = [`@prefix kg: <${PREFIXES.kg}> .`, `@prefix oa: <${PREFIXES.oa}> .`, `@prefix xsd: <${PREFIXES.xsd}> .`, ""];
  for (const [iri, name] of names) lines.push(`<${iri}> kg:name ${text(name)} .`);
  for (const row of shown) lines.push("", `<${row.from}> kg:${row.relation} <${row.to}> .`, ...claimed(row));
  return `${lines.join("\n")}\n`;
}

function claimed(row) {
  if (!row.claim) return [];
  const parts = [`kg:subject <${row.from}>`, `kg:object <${row.to}>`, `kg:states kg:${row.relation}`];
  if (row.printed) parts.push(`kg:printed ${text(row.printed)}`);
  if (typeof row.confidence === "number") parts.push(`kg:confidence "${row.confidence}"^^xsd:decimal`);
  if (row.as_of) parts.push(`kg:asOf ${dated(row.as_of)}`);
  if (row.sentence) parts.push(`kg:evidence [ oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ${text(row.sentence)} ] ]`);
  return [`<${row.claim}> ${parts.join(" ;\n  ")} .`];
}

/** A day, a month or a year, typed as the graph types them. */
function dated(value) {
  const type = { 4: "gYear", 7: "gYearMonth", 10: "date" }[value.length];
  return type && /^\d{4}(-\d\d)*$/.test(value) ? `"${value}"^^xsd:${type}` : text(value);
}

function text(value) {
  return `"${String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`;
}
