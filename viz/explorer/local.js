/* What a page in a file asks of the graph inside it: the same functions and shapes as `remote.js` has of a server. */

import { around, brief, kept, own, quote, spanIri, stated } from "./kept.js";
import { answer, because, unable } from "./kept-answers.js";
import { found, kindOf } from "./kept-names.js";
import { reply } from "./kept-questions.js";
import { ways } from "./kept-ways.js";
import { Refused } from "./remote.js";

const MOST = 500;

function numberOf(graph, iri) {
  const number = graph.at.get(iri);
  if (number === undefined) throw new Refused(`no thing of this graph is called ${iri}`, 404);
  return number;
}

async function search(q, { kind, limit = 20, offset = 0 } = {}) {
  const graph = await kept();
  const [asked, most, skip] = [q.trim(), Number(limit), Number(offset)];
  const hits = found(graph, asked, kindOf(kind), Math.min(skip + most + 1, MOST));
  return {
    q: asked, limit: most, offset: skip, more: hits.length > skip + most,
    hits: hits.slice(skip, skip + most).map(({ number, name, score, thing }) =>
      ({ ...brief(graph, number), matched: name, score, weight: thing.weight, summary: thing.summary })),
  };
}

async function entity(iri, { limit = 20, offset = 0 } = {}) {
  const graph = await kept();
  const number = numberOf(graph, iri);
  const thing = graph.things[number];
  const [most, skip] = [Number(limit), Number(offset)];
  return {
    ...brief(graph, number), summary: thing.summary, weight: thing.weight, names: thing.names, because: thing.because,
    attributes: thing.attributes, talk: talkOf(graph, thing.talk), counts: countsOf(graph, thing.order),
    total: thing.order.length, limit: most, offset: skip,
    statements: thing.order.slice(skip, skip + most).map((n) => (n < 0 ? stated(graph, -1 - n, true) : stated(graph, n))),
  };
}

function talkOf(graph, talk) {
  if (!talk) return null;
  const [title, date, abstract, ...ends] = talk;
  const [series, speakers, topics] = ends.slice(0, 3).map((numbers) => numbers.map((number) => brief(graph, number)));
  return { title, date, abstract, series, speakers, topics };
}

function countsOf(graph, order) {
  const counts = new Map();
  for (const n of order) {
    const { kind } = graph.statements[n < 0 ? -1 - n : n];
    counts.set(kind, (counts.get(kind) || 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

async function neighbours(iri, { relation, limit = 20, offset = 0 } = {}) {
  const graph = await kept();
  const number = numberOf(graph, iri);
  const told = { ...brief(graph, number), relations: [...tied(graph, number, "out"), ...tied(graph, number, "in")] };
  if (!relation) return told;
  const name = relation.replace(/^\^/, "");
  const at = graph.relations.findIndex((one) => one.name === name);
  if (at < 0) throw new Refused(`there is no relation '${relation}'`, 404);
  const ends = [...(graph.ends[number][relation === name ? "out" : "in"].get(at) || [])];
  const [most, skip] = [Number(limit), Number(offset)];
  const shown = ends.map((n) => graph.things[n]).sort(weightiest).slice(skip, skip + most);
  return {
    ...told, total: ends.length, limit: most, offset: skip,
    neighbours: shown.map(({ iri: own, kind, name: label, weight }) => ({ iri: own, kind, name: label, weight })),
  };
}

function weightiest(a, b) {
  return b.weight - a.weight || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.iri < b.iri ? -1 : 1);
}

function tied(graph, number, direction) {
  const mark = direction === "in" ? "^" : "";
  return [...graph.ends[number][direction]].sort(([a], [b]) => a - b).map(([at, ends]) => {
    const { name, label, general } = graph.relations[at];
    return { relation: mark + name, label, direction, count: ends.size, general: general.map((g) => mark + graph.relations[g].name) };
  });
}

async function links(iris) {
  const graph = await kept();
  const numbers = [...new Set(iris.map((iri) => graph.at.get(iri)).filter((number) => number !== undefined))];
  const wanted = new Set(numbers);
  const sorted = numbers.sort((a, b) => (graph.things[a].iri < graph.things[b].iri ? -1 : 1));
  return { links: sorted.flatMap((number) => linksOf(graph, number, wanted)) };
}

function linksOf(graph, number, wanted) {
  const claims = graph.of[number].filter((n) => wanted.has(graph.statements[n].object) && graph.statements[n].states.length);
  claims.sort((a, b) => (graph.statements[a].iri < graph.statements[b].iri ? -1 : 1));
  const said = claims.flatMap((n) => own(graph, graph.statements[n].states).map((at) => linkOf(graph, n, at)));
  const rest = new Map();
  graph.unsaid = graph.unsaid || grouped(graph.ties);
  for (const [, relation, object] of graph.unsaid.get(number) || []) {
    if (wanted.has(object)) rest.set(object, [...(rest.get(object) || []), relation]);
  }
  const others = [...rest].sort(([a], [b]) => (graph.things[a].iri < graph.things[b].iri ? -1 : 1));
  return [...said, ...others.flatMap(([object, relations]) =>
    own(graph, relations).map((at) => bare(graph, number, at, object)))];
}

/** Ties by their subject. */
function grouped(ties) {
  const found = new Map();
  ties.forEach((tie) => (found.has(tie[0]) ? found.get(tie[0]).push(tie) : found.set(tie[0], [tie])));
  return found;
}

function bare(graph, subject, at, object) {
  const { name, label } = graph.relations[at];
  return {
    claim: null, relation: name, label, from: graph.things[subject].iri, to: graph.things[object].iri, kind: null,
    confidence: null, source: null, as_of: null, sentence: null, printed: "", details: [],
  };
}

function linkOf(graph, number, at) {
  const { subject, object } = graph.statements[number];
  const said = stated(graph, number);
  const { kind, confidence, source, as_of: asOf, sentence, printed, details } = said;
  return { ...bare(graph, subject, at, object), claim: said.id, kind, confidence, source, as_of: asOf, sentence, printed, details };
}

async function evidence(iri, context = 300) {
  const graph = await kept();
  const claim = graph.claims.get(iri);
  const span = claim === undefined ? spanOf(graph, iri) : graph.statements[claim].span;
  if (span === undefined || span === null) throw new Refused(`no claim or span of this graph is called ${iri}`, 404);
  const said = quote(graph, span);
  return {
    iri, sentence: said.text, source: said.source.name, source_iri: said.source.iri, url: said.source.url,
    sha256: said.source.sha256, start: said.start, end: said.end, fields: said.fields,
    context: around(said, Number(context)), claim: claim === undefined ? null : claimOf(graph, claim),
  };
}

/** The span of a talk, or the one that an IRI names itself. */
function spanOf(graph, iri) {
  const number = graph.at.get(iri);
  if (number !== undefined) return graph.things[number].talk?.[6];
  graph.named = graph.named || new Map(graph.spans.map((_, span) => [spanIri(graph, span), span]));
  return graph.named.get(iri);
}

function claimOf(graph, number) {
  const claim = graph.statements[number];
  const { kind, relation, printed, details, rule, confidence, as_of: asOf } = stated(graph, number);
  return {
    kind, relation, subject: brief(graph, claim.subject), object: claim.object === null ? null : brief(graph, claim.object),
    printed, details, rule, confidence, as_of: asOf,
  };
}

async function path(one, other) {
  const graph = await kept();
  const [start, end] = [one, other].map((iri) => numberOf(graph, iri));
  return { one: brief(graph, start), other: brief(graph, end), ways: ways(graph, start, end) };
}

function chartOf(graph, name) {
  const known = graph.charts.find((one) => one.told.name === name);
  if (!known) throw new Refused(`this file holds no map '${name}'`, 404);
  return known;
}

async function chart(name) {
  const graph = await kept();
  const { chart: made } = chartOf(graph, name);
  const whole = (things) => things.map((thing) => ({ ...thing, iri: graph.base + thing.iri }));
  const { rising = [], falling = [] } = made.trends || {};
  return { ...made, nodes: whole(made.nodes), trends: { ...made.trends, rising: whole(rising), falling: whole(falling) } };
}

async function behind(name, one, other) {
  const graph = await kept();
  const { chart: made, behind: rows } = chartOf(graph, name);
  const at = (iri) => made.nodes.findIndex((node) => graph.base + node.iri === iri);
  const [a, b] = [at(one), at(other)];
  const link = made.links.findIndex(([from, to]) => (from === a && to === b) || (!made.directed && from === b && to === a));
  if (link < 0 || !rows?.[link]) throw new Refused("this file does not tell what is behind this link; kg serve does", 404);
  const [things, through, claims] = rows[link];
  return {
    things: things.map((number, n) => behindOf(graph, number, claims?.[n])),
    through: through.map((number) => brief(graph, number)), total: things.length, limit: 200, offset: 0,
  };
}

function behindOf(graph, number, claims) {
  const { talk } = graph.things[number];
  if (talk) return { ...brief(graph, number), date: talk[1], speakers: talk[4].map((n) => brief(graph, n)) };
  const sentences = (claims || []).map((n) => stated(graph, n)).map(({ id, sentence, printed }) => ({ claim: id, sentence, printed }));
  return { ...brief(graph, number), sentences };
}

export const local = {
  home: async () => (await kept()).home,
  search, entity, neighbours, links, evidence, path, chart, behind,
  charts: async () => (await kept()).charts.map((one) => one.told),
  queries: async () => (await kept()).queries,
  unable: async (name) => unable(await kept(), name),
  query: async (name, values = {}) => answer(await kept(), name, values),
  because: async (name, values = {}) => because(await kept(), name, values),
  ask: async (q, values = {}) => reply(await kept(), q.trim(), values),
  sparql: async () => {
    throw new Refused("A file answers no SPARQL; kg serve does.", 0);
  },
};
