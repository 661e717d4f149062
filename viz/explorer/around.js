/* What stands around a thing: who and what, where each of them is put, and the ties among them.

   The places depend on nothing but the thing and the order in which others were opened. So a link gives the same
   picture again, and what a reader has seen stays where it was. */

import { passes, read } from "./filters.js";
import { iriOf, pathOf } from "./state.js";
import { fan, Places } from "./places.js";

const FIRST = 60;
const MOST = 300;
const PAGE = 200;
export const STEP = 10;

/** @typedef {{iri: string, kind: string, name: string, weight: number, x: number, y: number, opened: boolean}} Put */

const kept = new WeakMap();

/** What a source says, kept: a reader who opens more gets the rest for nothing. */
function once(source, name, asked, ask) {
  if (!kept.has(source)) kept.set(source, new Map());
  const answers = kept.get(source);
  const key = `${name} ${asked}`;
  if (!answers.has(key)) {
    if (answers.size > 500) answers.clear();
    const coming = ask();
    coming.catch(() => answers.delete(key));
    answers.set(key, coming);
  }
  return answers.get(key);
}

/** What a thing is tied to: its relations, with how many each has. */
function relationsOf(source, iri) {
  return once(source, "relations", iri, () => source.neighbours(iri));
}

/** The first so many that a thing has a relation with, the weightiest first. */
async function ends(source, iri, relation, count) {
  const pages = [];
  for (let offset = 0; offset < count; offset += PAGE) {
    const limit = Math.min(PAGE, Math.ceil((count - offset) / STEP) * STEP);
    pages.push(once(source, "ends", `${iri} ${relation} ${limit} ${offset}`, () => source.neighbours(iri, { relation, limit, offset })));
  }
  return (await Promise.all(pages)).flatMap((page) => page.neighbours).slice(0, count).filter((one) => pathOf(one.iri) !== undefined);
}

/** What `open=` tells: which relations were opened, in order. */
export function opened(text) {
  const found = [];
  for (const one of (text || "").split("*")) {
    const [, path, relation, count] = /^(.*)~(\^?\w+)~(\d{1,4})$/.exec(one) || [];
    if (relation) found.push({ path, relation, count: Math.min(Number(count), MOST) });
  }
  return found;
}

/** The same, written. What is opened further at once after it was opened is one entry. */
export function written(entries) {
  const short = [];
  for (const entry of entries) {
    const last = short[short.length - 1];
    if (last && last.path === entry.path && last.relation === entry.relation) short.pop();
    short.push(entry);
  }
  return short.map(({ path, relation, count }) => `${path}~${relation}~${count}`).join("*");
}

/** Relations of which no more special one says the same. */
function telling(relations) {
  return relations.filter((one) => !relations.some((other) => other.general.includes(one.relation) && other.count >= one.count));
}

/** How many of each are taken at first: ten, or an even share of what there is room for. */
function shares(counts) {
  const taken = counts.map(() => 0);
  let room = FIRST;
  for (let round = 0; round < STEP && room > 0; round++) {
    for (let i = 0; i < counts.length && room > 0; i++) {
      if (taken[i] < counts[i] && taken[i] === round) {
        taken[i]++;
        room--;
      }
    }
  }
  return taken;
}

/**
 * The neighbourhood that a place names.
 *
 * @returns {Promise<{centre: Put, things: Map<string, Put>, ties: object[], more: object[], counts: object,
 *   hidden: {units: number, filtered: number, orphans: number}}>} `things` and `ties` are those of `all` and `known`
 *   that the filters of the place let through, `counts` how many of each kind there are with those that are hidden, `more` what can be
 *   opened (`iri`, `relation`, `label`, `direction`, `count`, `shown`, and of these `visible`). `early` is told the
 *   same without sentences, as soon as it is known; not where filters or a chosen line ask for what they say.
 */
export async function gathered(source, place, early = null) {
  const { values } = place;
  const told = await relationsOf(source, iriOf(place.path));
  const relations = telling(told.relations);
  const taken = shares(relations.map((one) => one.count));
  const steps = opened(values.open).map((step) => ({ ...step, iri: step.path ? iriOf(step.path) : told.iri }));
  const [first, then] = await Promise.all([
    Promise.all(relations.map((one, i) => ends(source, told.iri, one.relation, taken[i]))),
    Promise.all(steps.map((step) => ends(source, step.iri, step.relation, step.count).catch(() => []))),
  ]);
  const all = laidOut(told, relations, first, steps, then);
  const known = bareOf(told, relations, first, steps, then);
  const put = (found) => picture(source, values, told, all, steps, found);
  if (early && !read(values).any && !values.at) put(among(all, known)).then(early).catch(() => {}); // what fails is told when all has come
  return put(await tiesAmong(source, all, known));
}

async function picture(source, values, told, all, steps, found) {
  const sifted = sift(values, told, all, found);
  const chosen = values.at && !values.at.startsWith("claim/") ? [iriOf(values.at)] : [];
  const asked = [...new Set([told.iri, ...steps.map((step) => step.iri), ...chosen])].filter((iri) => all.has(iri));
  const more = (await Promise.all(asked.map((iri) => reachable(source, iri, found, sifted.ties)))).flat();
  return { centre: all.get(told.iri), all, known: found, more, ...sifted };
}

function laidOut(told, relations, first, steps, then) {
  const all = new Map();
  const places = new Places();
  const put = (thing, x, y) => {
    all.set(thing.iri, { iri: thing.iri, kind: thing.kind, name: thing.name, weight: thing.weight || 1, x, y, opened: false });
    places.take(x, y);
  };
  put({ ...told, weight: 0 }, 0, 0);
  const units = []; // placed last, so that to show or hide them moves nothing else
  const groups = first.map((list) => list.filter((one) => one.iri !== told.iri && (one.kind !== "unit" || !units.push(one))));
  const sectors = around(told, relations, groups, put, all);
  for (const [i, step] of steps.entries()) {
    const from = all.get(step.iri);
    if (!from) continue;
    from.opened = true;
    const sector = from.iri === told.iri ? sectors.get(step.relation) : undefined;
    for (const one of then[i]) {
      if (all.size >= MOST) break;
      if (all.has(one.iri)) continue;
      if (one.kind === "unit") units.push(one);
      else put(one, ...places.spot(from, sector));
    }
  }
  for (const one of units) if (!all.has(one.iri) && all.size < MOST) put(one, ...places.spot({ x: 0, y: 0 }));
  all.get(told.iri).opened = true;
  return all;
}

/** Those around the thing at first: rings, of which each relation has its own part. */
function around(told, relations, groups, put, all) {
  const seen = new Set([told.iri]);
  const own = groups.map((list) => list.filter((one) => !seen.has(one.iri) && seen.add(one.iri)));
  const sizes = own.map((list) => (list.length ? list.length + 0.5 : 0));
  const whole = sizes.reduce((sum, size) => sum + size, 0) || 1;
  const sectors = new Map();
  let angle = -Math.PI / 2;
  for (const [i, list] of own.entries()) {
    const wide = (sizes[i] / whole) * 2 * Math.PI;
    const spots = fan(angle, angle + wide, list.length);
    for (const [j, one] of list.entries()) if (!all.has(one.iri)) put(one, ...spots[j]);
    if (wide) sectors.set(relations[i].relation, [angle, angle + wide]);
    angle += wide;
  }
  return sectors;
}

/** What the relations that were opened say, without the claims. */
function bareOf(told, relations, first, steps, then) {
  const known = (step) => told.relations.find((one) => one.relation === step.relation);
  const plain = ({ relation }) => ({ relation, label: relation.replace("^", ""), direction: relation.startsWith("^") ? "in" : "out" });
  return [...relations.map((one, i) => [told.iri, one, first[i]]), ...steps.map((step, i) => [step.iri, known(step) || plain(step), then[i]])];
}

/** Every tie among things; where a tie is known but no claim tells of it, the tie alone. */
async function tiesAmong(source, all, known) {
  const iris = [...all.keys()].sort();
  let ties = [];
  try {
    ties = (await once(source, "links", iris.join(" "), () => source.links(iris))).links;
  } catch (error) {
    if (error.status !== 404 && !(error instanceof TypeError)) throw error;
  }
  const met = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
  return [...ties, ...among(all, known, met)];
}

/** The ties of what was asked for, without what is said of them; none to those that are met. */
function among(all, known, met = new Set()) {
  const bare = known.flatMap(([iri, one, list]) => list.filter((other) => !met.has(other.iri)).map((other) => tieOf(iri, one, other.iri)));
  return bare.filter((tie) => all.has(tie.from) && all.has(tie.to));
}

function tieOf(iri, { relation, label, direction }, other) {
  const [from, to] = direction === "in" ? [other, iri] : [iri, other];
  const unknown = { claim: null, kind: null, confidence: null, source: null, as_of: null, sentence: null, printed: "", details: [] };
  return { relation: relation.replace("^", ""), label, from, to, ...unknown };
}

/** What the filters of a place let through. */
function sift(values, told, all, found) {
  const filters = read(values);
  const hide = new Set((values.hide || "").split(",").filter(Boolean));
  if (!values.units && told.kind !== "unit") hide.add("unit");
  const counts = {};
  for (const one of all.values()) counts[one.kind] = (counts[one.kind] || 0) + 1;
  const stays = (one) => one.iri === told.iri || !hide.has(one.kind);
  const ties = found.filter((tie) => stays(all.get(tie.from)) && stays(all.get(tie.to)) && passes(filters, tie));
  const tied = new Set(ties.flatMap((tie) => [tie.from, tie.to])).add(told.iri);
  const things = new Map();
  const hidden = { units: 0, filtered: 0, orphans: 0 };
  for (const one of all.values()) {
    if (!stays(one)) hidden[one.kind === "unit" ? "units" : "filtered"]++;
    else if (!tied.has(one.iri)) hidden.orphans++;
    else things.set(one.iri, one);
  }
  return { things, ties, counts, hidden };
}

/** What can still be opened from a thing, how much of it is there, and how much of that the filters let through. */
async function reachable(source, iri, known, ties) {
  const { relations } = await relationsOf(source, iri);
  const [there, seen] = [ended(iri, relations, known), ended(iri, relations, ties)];
  return telling(relations).map(({ relation, label, direction, count, general }) => {
    const [shown, visible] = [there, seen].map((ends) => Math.min(count, ends.get(relation).size));
    return { iri, relation, label, direction, count, general, shown, visible };
  });
}

/** The other ends of the ties of a thing by relation, those of general relations with them. */
function ended(iri, relations, ties) {
  const found = new Map(relations.map((one) => [one.relation, new Set()]));
  const general = new Map(relations.map((one) => [one.relation, [one.relation, ...one.general]]));
  for (const tie of ties) {
    const [relation, other] = tie.from === iri ? [tie.relation, tie.to] : tie.to === iri ? [`^${tie.relation}`, tie.from] : [];
    for (const one of general.get(relation) || []) found.get(one)?.add(other);
  }
  return found;
}

/** How far a relation is opened by the next step: to ten that are not there yet. Null where there are none. */
export async function further(source, { all }, { iri, relation, count }) {
  if (all.size >= MOST) return null;
  const list = await ends(source, iri, relation, Math.min(count, MOST));
  let fresh = 0;
  let last = null;
  for (const [i, one] of list.entries()) {
    if (all.has(one.iri)) continue;
    last = i + 1;
    if (++fresh === STEP) break;
  }
  return last;
}

/** The entry of `open=` for a thing. */
export function entry(place, iri, relation, count) {
  const path = pathOf(iri);
  return { path: path === place.path ? "" : path, relation, count };
}
