/* Answers from inside a file: those of queries that need no name were made beforehand, some of one name are read from
   the statements; others need a server, and say so. `kg/exports/_embedded.py` says what was made for numbers. */

import { brief, quote, spanIri } from "./kept.js";
import { called, fold, found } from "./kept-names.js";
import { Refused } from "./remote.js";

const PLACES = 3;
const SERVE = "This file cannot answer it; kg serve answers all questions.";

/* Of one thing: which statements lead to rows, and what stands in these. The columns are those of the catalogue. */
export const READ = {
  "advised-by": {
    kind: "person", columns: ["person", "stage", "institution", "sentence"], claims: (g, t) => to(g, t, "advisedBy"),
    row: (g, s) => [name(g, s.subject), told(s, "stage"), told(s, "organization")], person: (s) => s.subject, institution: place,
  },
  "who-is": {
    kind: "person", columns: ["subject", "fact", "object", "sentence", "source", "confidence"],
    claims: (g, t) => g.statements.filter((s) => s.subject === t || s.object === t),
    order: (a, b) => Number(b[5]) - Number(a[5]),
    row: (g, s) => [name(g, s.subject), classOf(s), s.object === null ? "" : name(g, s.object), quote(g, s.span).source.name, String(s.confidence)],
    subject: (s) => s.subject, object: (s) => s.object,
  },
  "advisors-of": {
    kind: "person", columns: ["advisor", "stage", "institution", "sentence"], claims: (g, t) => from(g, t, "advisedBy"),
    row: (g, s) => [name(g, s.object), told(s, "stage"), told(s, "organization")], advisor: (s) => s.object, institution: place,
  },
  "holders-of-award": {
    kind: "award", columns: ["person", "year", "printed", "sentence"], claims: (g, t) => to(g, t, "received"),
    row: (g, s) => [name(g, s.subject), told(s, "date")?.slice(0, 4) ?? null, s.printed], person: (s) => s.subject,
  },
  "awards-of": {
    kind: "person", columns: ["award", "year", "sentence"], claims: (g, t) => from(g, t, "received"), by: [1, 0, 2],
    row: (g, s) => [name(g, s.object), told(s, "date")?.slice(0, 4) ?? null], award: (s) => s.object,
  },
  "talks-by": {
    kind: "person", columns: ["talk", "date", "series", "sentence"], claims: (g, t) => to(g, t, "speaker"), newest: 1,
    row: (g, s) => [title(g, s.subject), date(g, s.subject), series(g, s.subject)], talk: (s) => s.subject,
    series: (s, also, g) => g.things[s.subject].talk[3][0] ?? null,
  },
  "talks-on-topic": {
    kind: "topic", columns: ["talk", "person", "date", "sentence"], claims: onTopic, newest: 2, each: speakers,
    row: (g, s, who) => [title(g, s.subject), who === null ? null : name(g, who), date(g, s.subject)],
    talk: (s) => s.subject, person: (s, who) => who,
  },
  "trained-at": {
    kind: "organization", columns: ["person", "how", "when", "sentence"], by: [0, 2, 1, 3],
    claims: (g, t) => to(g, t, "trainedAt").filter((s) => speaks(g, s.subject)),
    row: (g, s) => [name(g, s.subject), told(s, "degree") ?? told(s, "role") ?? "", when(s)], person: (s) => s.subject,
  },
  "affiliated-with": {
    kind: "organization", columns: ["person", "role", "talk", "date", "sentence"], newest: 3, each: talksAt,
    claims: (g, t) => to(g, t, "affiliatedWith"),
    row: (g, s, talk) => [name(g, s.subject), told(s, "role"), title(g, talk), date(g, talk)],
    person: (s) => s.subject, talk: (s, talk) => talk,
  },
};

const name = (graph, number) => graph.things[number].name;
const title = (graph, number) => graph.things[number].talk?.[0] ?? null;
const date = (graph, number) => graph.things[number].talk?.[1] ?? "";
const series = (graph, number) => (graph.things[number].talk?.[3] || []).map((n) => name(graph, n))[0] ?? null;
const told = (said, word) => said.details.find(([own]) => own === word)?.[1] ?? null;
const relationOf = (graph, word) => graph.relations.findIndex((relation) => relation.name === word);

/** The class of a claim, by its IRI: "award-receipt-" is "AwardReceipt". */
function classOf(said) {
  const [, words] = /\/([a-z-]+)-[0-9a-f]+$/.exec(said.iri) || ["", ""];
  return words.split("-").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}

/** The institution that a claim names beside its ends. */
function place(said, also, graph) {
  return called(graph, told(said, "organization") ?? "", "organization")[0] ?? null;
}

function when(said) {
  const [since, until] = [told(said, "start") || "", told(said, "end") || ""];
  return told(said, "date") ?? (since || until ? `${since}–${until}` : "");
}

function to(graph, thing, word) {
  const relation = relationOf(graph, word);
  return graph.statements.filter((s) => s.object === thing && s.states.includes(relation));
}

function from(graph, thing, word) {
  const relation = relationOf(graph, word);
  return graph.of[thing].map((n) => graph.statements[n]).filter((s) => s.states.includes(relation));
}

function onTopic(graph, topic) {
  const { iri } = graph.things[topic];
  const narrower = (thing) => thing.kind === "topic" && thing.attributes.some((a) => a.iri === iri && /broader/.test(a.word));
  const under = graph.things.flatMap((thing, number) => (narrower(thing) ? [number] : []));
  return [topic, ...under].flatMap((number) => to(graph, number, "topic"));
}

function speaks(graph, person) {
  return graph.ends[person].in.has(relationOf(graph, "speaker"));
}

function speakers(graph, said) {
  const found = graph.things[said.subject].talk?.[4] || [];
  return found.length ? found : [null];
}

/** The talks at which somebody was somewhere. */
function talksAt(graph, said) {
  const number = graph.claims.get(said.iri);
  graph.held = graph.held || heldOf(graph);
  return (graph.held.get(number) || []).filter((talk) => graph.things[talk].talk[4].includes(said.subject));
}

function heldOf(graph) {
  const held = new Map();
  graph.things.forEach((thing, talk) => {
    if (thing.talk) thing.order.filter((n) => n < 0).forEach((n) => held.set(-1 - n, [...(held.get(-1 - n) || []), talk]));
  });
  return held;
}

/** The answer of a query by its name. */
export function answer(graph, asked, { limit = 200, offset = 0, row, ...values }) {
  const query = graph.queries.find((one) => one.name === asked);
  if (!query) throw new Refused(`there is no query '${asked}'`, 404);
  const made = prepared(graph, query, values) || read(graph, query, values);
  const [most, skip] = [Number(limit), Number(offset)];
  return { ...made, rows: made.rows.slice(skip, skip + most), limit: most, offset: skip };
}

/** Why a query is not answered here, whatever it is asked with; "" where it is. */
export function unable(graph, name) {
  return name in READ || name in graph.answers ? "" : SERVE;
}

function prepared(graph, query, values) {
  const known = graph.answers[query.name];
  if (!known) return null;
  const { years, ...every } = known;
  const [parameter] = query.parameters; // a number, if anything
  if (!parameter) return shown(graph, query, {}, every);
  const asked = String(values[parameter.name] || parameter.example).trim();
  if (!/^-?\d{1,18}$/.test(asked)) throw new Refused(`${parameter.name} is a whole number, not '${asked}'`, 400);
  const written = new RegExp(`(VALUES \\?${parameter.name} \\{\\s*)-?\\d+`, "g");
  const told = { ...every, ...(years ? ofYear(years, Number(asked)) : below(every, Number(asked))) };
  return shown(graph, query, { [parameter.name]: asked }, { ...told, sparql: every.sparql.replace(written, `$1${asked}`) });
}

/** The answer for a year: where it tells of all since then, that of the next year of which anything is known. */
function ofYear({ cut, since, answers }, year) {
  if (cut !== null && year < cut) throw new Refused(SERVE, 0);
  const at = since ? Object.keys(answers).map(Number).sort((a, b) => a - b).find((one) => one >= year) : year;
  const [total, rows, found] = answers[at] || [0, [], 0];
  return { total, rows, found };
}

/** The facts that are less sure than so many percent. */
function below({ columns, rows, found }, percent) {
  const at = columns.indexOf("confidence");
  const some = rows.filter(([cells]) => Math.round(1e6 * Number(cells[at])) / 1e4 < percent); // 100 * 0.57 is not 57 here
  const named = new Set(some.map(([, things]) => things[columns[0]]).filter(Boolean));
  return { total: some.length, rows: some, found: found === null ? null : named.size };
}

function shown(graph, query, values, known) {
  const rows = known.rows.map(([cells, things, spans], at) => ({
    number: at + 1,
    cells: Object.fromEntries(known.columns.map((column, n) => [column, said(graph, cells[n])])),
    things: Object.fromEntries(Object.entries(things).map(([column, path]) => [column, graph.base + path])),
    evidence: spans.map((span) => standing(graph, span)),
  }));
  const kept = rows.length < known.total ? { kept: rows.length } : {};
  return { query: query.name, title: query.title, ...known, values, rows, ...kept };
}

function said(graph, cell) {
  return typeof cell === "number" ? quote(graph, cell).text : cell;
}

function standing(graph, span) {
  const { source, start, end } = quote(graph, span);
  return { iri: spanIri(graph, span), source: source.name, start, end };
}

function read(graph, query, values) {
  const reading = READ[query.name];
  const [parameter] = query.parameters;
  const asked = String(values[parameter?.name] ?? "").trim();
  if (!reading || !asked) throw new Refused(SERVE, 0);
  const things = called(graph, asked, reading.kind);
  if (!things.length) {
    const near = found(graph, asked, reading.kind, 3).map((hit) => hit.thing.name).join(", ");
    throw new Refused(`nothing here is called '${asked}'${near && `; nearest: ${near}`}`, 404);
  }
  return tabled(graph, query, reading, things, { [parameter.name]: asked });
}

function tabled(graph, query, reading, things, values) {
  const linked = reading.columns.filter((column) => reading[column]);
  const rows = things.flatMap((thing) => reading.claims(graph, thing)).flatMap((claim) =>
    (reading.each ? reading.each(graph, claim) : [null]).map((also) => {
      const cells = reading.row(graph, claim, also);
      cells.splice(reading.columns.indexOf("sentence"), 0, quote(graph, claim.span).text);
      const ends = linked.map((column) => [column, reading[column](claim, also, graph)]).filter(([, number]) => number !== null);
      return { cells, ends, span: claim.span };
    }));
  const sorted = different(rows).sort((a, b) => compared(reading, a.cells, b.cells));
  const [first] = reading.columns;
  const named = sorted.flatMap((row) => row.ends).filter(([column]) => column === first);
  return {
    query: query.name, title: query.title, view: query.view, values, columns: reading.columns, total: sorted.length,
    found: linked.includes(first) ? new Set(named.map(([, number]) => number)).size : null,
    rests_on: [], sparql: "", rows: sorted.map((row, at) => ({
      number: at + 1,
      cells: Object.fromEntries(reading.columns.map((column, n) => [column, row.cells[n]])),
      things: Object.fromEntries(row.ends.map(([column, number]) => [column, brief(graph, number).iri])),
      evidence: placed(graph, row.spans),
    })),
  };
}

/** Rows that differ, each with the places where its sentence stands. */
function different(rows) {
  const found = new Map();
  for (const { cells, ends, span } of rows) {
    const key = JSON.stringify([cells, ends]);
    if (!found.has(key)) found.set(key, { cells, ends, spans: new Set() });
    found.get(key).spans.add(span);
  }
  return [...found.values()];
}

function placed(graph, spans) {
  const told = [...spans].map((span) => standing(graph, span)).sort((a, b) => (a.iri < b.iri ? -1 : 1));
  return told.slice(0, PLACES);
}

function compared(reading, a, b) {
  const first = reading.order?.(a, b);
  if (first) return first;
  if (reading.newest !== undefined && a[reading.newest] !== b[reading.newest]) return a[reading.newest] < b[reading.newest] ? 1 : -1;
  for (const at of reading.by || a.keys()) {
    if (a[at] !== b[at]) return (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
  }
  return 0;
}

/** What a row of an answer rests on: its own sentence, or the statements about what it names. */
export function because(graph, asked, { row, limit = 200, ...values }) {
  const whole = answer(graph, asked, { ...values, limit: Infinity });
  const found = whole.rows[Number(row) - 1];
  if (!found) throw new Refused(`the answer has ${whole.rows.length} rows`, 400);
  if ("sentence" in found.cells) return { ...whole, rows: [found], total: 1, found: null, limit: Number(limit) };
  const named = Object.values(found.things).map((iri) => graph.at.get(iri)).filter((number) => number !== undefined);
  const all = graph.statements.filter((s) => about(s, named));
  const rows = (all.length ? all : graph.statements.filter((s) => named.includes(s.subject))).map((s, at) => factRow(graph, s, at));
  return {
    columns: ["subject", "fact", "object", "sentence"], rows: rows.slice(0, Number(limit)), total: rows.length,
    limit: Number(limit), offset: 0, rests_on: [], sparql: "",
  };
}

function about(claim, named) {
  const ends = [claim.subject, claim.object].filter((number) => named.includes(number));
  return ends.length >= Math.min(named.length, 2) && named.length > 0;
}

function factRow(graph, claim, at) {
  const ends = [["subject", claim.subject], ["object", claim.object]].filter(([, number]) => number !== null);
  return {
    number: at + 1,
    cells: {
      subject: name(graph, claim.subject), fact: claim.kind, object: claim.object === null ? "" : name(graph, claim.object),
      sentence: quote(graph, claim.span).text,
    },
    things: Object.fromEntries(ends.map(([column, number]) => [column, brief(graph, number).iri])),
    evidence: [standing(graph, claim.span)],
  };
}
