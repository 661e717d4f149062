/* How two things of a file hang together: the shortest ways over direct relations, things that very many are tied to
   avoided, as a server finds them. */

import { brief, stated } from "./kept.js";

const [HUB, FAR, MOST] = [150, 6, 3];

/** The shortest ways between two things, each a list of steps. */
export function ways(graph, one, other) {
  if (one === other) return [];
  const levels = [new Map([[one, []]])];
  const seen = new Set([one]);
  while (!levels.at(-1).has(other)) {
    const next = further(graph, levels.at(-1), seen, one);
    if (levels.length > FAR || !next.size) return [];
    next.forEach((_, number) => seen.add(number));
    levels.push(next);
  }
  const told = [];
  for (const way of back(levels, levels.length - 1, other)) {
    told.push(way.map((step) => toldStep(graph, step)));
    if (told.length === MOST) break;
  }
  return told;
}

function further(graph, level, seen, one) {
  const found = new Map();
  const sorted = [...level.keys()].sort((a, b) => (graph.things[a].iri < graph.things[b].iri ? -1 : 1));
  for (const start of sorted) {
    for (const step of steps(graph, start, start !== one)) {
      if (seen.has(step.end)) continue;
      if (!found.has(step.end)) found.set(step.end, []);
      found.get(step.end).push(step);
    }
  }
  return found;
}

function leading(graph) {
  graph.leading = graph.leading || graph.relations.map(({ way }, relation) => ({ way, relation }))
    .filter(({ way }) => way !== null).sort((a, b) => a.way - b.way).map(({ relation }) => relation);
  return graph.leading;
}

function steps(graph, start, bounded) {
  const ends = graph.ends[start];
  const found = leading(graph).flatMap((relation) => [
    ...[...(ends.out.get(relation) || [])].map((end) => ({ start, relation, end, subject: start })),
    ...[...(ends.in.get(relation) || [])].map((end) => ({ start, relation, end, subject: end })),
  ]);
  return bounded && found.length > HUB ? [] : found;
}

function* back(levels, at, number) {
  if (at === 0) {
    yield [];
    return;
  }
  const told = new Set();
  for (const step of levels[at].get(number)) {
    if (told.has(step.start)) continue; // one relation between two things is enough
    told.add(step.start);
    for (const way of back(levels, at - 1, step.start)) yield [...way, step];
  }
}

function toldStep(graph, { start, relation, end, subject }) {
  const object = end === subject ? start : end;
  const claims = graph.of[subject].filter((number) =>
    graph.statements[number].object === object && graph.statements[number].states.includes(relation));
  const [claim] = claims.sort((a, b) => (graph.statements[a].iri < graph.statements[b].iri ? -1 : 1));
  const said = claim === undefined ? null : stated(graph, claim);
  return {
    from: brief(graph, start), relation: graph.relations[relation].name, label: graph.relations[relation].label,
    direction: subject === start ? "out" : "in", to: brief(graph, end),
    claim: said && said.id, sentence: said && said.sentence, printed: said && said.printed, source: said && said.source,
    start: said && said.start, end: said && said.end,
  };
}
