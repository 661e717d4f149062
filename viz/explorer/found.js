/* What was asked for: an answer where it is a question, and what has the name, side by side. */

import { answered, limitOf } from "./answer.js";
import { counted, fill, make, marked, plain } from "./dom.js";
import { placeLink, thingLink } from "./iris.js";
import { address, pathOf } from "./state.js";

const HITS = 40;
const PATIENCE = 150;
const ALIKE = 8;
const KINDS = ["person", "organization", "topic", "award", "talk", "series", "unit"];
const HEADS = {
  person: "People",
  organization: "Institutions",
  topic: "Topics",
  award: "Awards",
  talk: "Talks",
  series: "Series",
  unit: "Departments and schools",
};
/** Words of questions, which many names have and nobody looks for. */
const COMMON = new Set(
  (
    "what which where when who whom whose why how the and for from with has have had does did was were are been " +
    "his her their talk talks that this into about"
  ).split(" "),
);
const QUESTION =
  /\?$|^(who|whom|whose|what|which|where|when|why|how|is|are|was|were|did|does|do|has|have|list|show|name|in (what|which))\s/i;
const CONNECTED = /^how (?:is|are|was|were) (.+?) (?:and (.+?) )?(?:connected|linked|related|tied)(?: (?:to|with) (.+?))?\s*\?*$/i;
const pause = (time) => new Promise((done) => setTimeout(done, time));

/** Show it. */
export async function show(app, place, into) {
  const q = (place.values.q || "").trim();
  app.title(q || "Find");
  const heading = make("h1", { dir: "auto" }, q || "Find");
  if (!q) {
    fill(
      into,
      heading,
      make(
        "p",
        {},
        "Write a name, a topic or a question in the box above, or choose one of the ",
        make("a", { href: address("queries") }, "questions of the catalogue"),
        ".",
      ),
    );
    return undefined;
  }
  const answer = make("section", { class: "asked", "aria-labelledby": "answer" });
  const names = make("section", { class: "names-found", "aria-labelledby": "found" });
  const both = make("div", { class: "both" });
  fill(into, heading, both);
  asWay(app, q).then((way) => way && heading.after(way)).catch(() => {});
  const asking = app.source.ask(q, { limit: limitOf(place.values) }).catch((error) => ({ failed: error }));
  const kind = place.values.kind || undefined;
  const found = await app.source.search(q, { kind, limit: HITS });
  const arrange = (told) => arranged(app, place, { q, found, told, answer, names, both });
  const told = await Promise.race([asking, pause(PATIENCE)]);
  arrange(told);
  let gone = false;
  if (!told) asking.then((late) => gone || arrange(late));
  return () => {
    gone = true;
  };
}

/** The answer first where there is one, else the names. */
function arranged(app, place, { q, found, told, answer, names, both }) {
  const understood = told && !told.failed && told.declined === null;
  fill(
    answer,
    ...(told
      ? reply(app, place, q, told)
      : [make("h2", { id: "answer" }, "Answer"), make("p", { class: "reading" }, "Looking for an answer …")]),
  );
  fill(names, ...hits(place, found, told));
  both.classList.toggle("answered", Boolean(understood));
  const asQuestion = understood || !told || !found.hits.length || QUESTION.test(q);
  fill(both, ...(understood ? [answer, names] : [names, asQuestion && answer]));
  if (!found.hits.length && told) understood ? inQuestion(app, told, names) : elsewhere(app, q, names);
  if (told) app.say(understood ? `${counted(told.total, "row")}. ${told.reading}` : counted(found.hits.length, "name"));
}

/** Where a question is how two things are connected, the link to the page that shows it. */
async function asWay(app, q) {
  const [, one, and, to] = CONNECTED.exec(q) || [];
  if (!one || !(and || to)) return null;
  const found = await Promise.all([one, and || to].map((name) => app.source.search(name, { limit: 1 })));
  const ends = found.map(({ hits: [hit] }) => hit);
  if (!ends[0] || !ends[1]) return null;
  const values = { one: pathOf(ends[0].iri), other: pathOf(ends[1].iri) };
  const text = `How ${ends[0].name} and ${ends[1].name} are connected, step by step`;
  return make("p", { class: "as-way" }, make("a", { href: address("way", values), dir: "auto" }, text));
}

function reply(app, place, q, told) {
  const heading = make("h2", { id: "answer" }, "Answer");
  if (told.failed) return [heading, make("p", { class: "wrong" }, told.failed.message)];
  if (told.declined !== null)
    return [make("h2", { id: "answer" }, "As a question"), make("p", {}, sentenceOf(told.declined)), nearest(told.nearest)];
  const title = told.query && told.query !== "path" ? make("a", { href: address(`query/${told.query}`, told.values) }, told.reading) : told.reading;
  const notes = told.notes.length > 0 && make("p", { class: "reading", dir: "auto" }, `Note: ${told.notes.join("; ")}.`);
  const more = (offset, limit) => app.source.ask(q, { limit, offset });
  return [
    heading,
    make("p", { class: "reading", dir: "auto" }, "Read as: ", title),
    notes,
    answered(app, told, { title: told.reading, values: place.values, explained: explained(told), more }),
  ];
}

/** Whether rows lead to sentences: where they carry none, the catalogue knows of them. */
function explained(told) {
  return Boolean(told.query) && !told.columns.includes("sentence");
}

function sentenceOf(text) {
  const whole = text.trim();
  return whole.charAt(0).toUpperCase() + whole.slice(1) + (/[.?!]$/.test(whole) ? "" : ".");
}

function nearest(questions) {
  if (!questions?.length)
    return make("p", {}, "The ", make("a", { href: address("queries") }, "catalogue"), " lists what can be asked.");
  const items = questions.map((question) =>
    make("li", {}, make("a", { href: address("find", { q: question }), dir: "auto" }, question)),
  );
  return [make("p", {}, "You can ask:"), make("ul", { class: "nearest" }, items)];
}

function hits(place, found, told) {
  const understood = told?.declined === null;
  const heading = make("h2", { id: "found" }, understood && !found.hits.length ? "In the question" : "Names");
  if (!found.hits.length && understood) return [heading];
  if (!found.hits.length) return [heading, make("p", { class: "none" }, "Nothing here has this name.")];
  const groups = KINDS.map((kind) => [kind, found.hits.filter((hit) => hit.kind === kind)]).filter(([, list]) => list.length);
  groups.sort((a, b) => b[1][0].score - a[1][0].score);
  const only = place.values.kind && make("p", {}, make("a", { href: address("find", { q: place.values.q }) }, "All kinds"));
  const more =
    found.more &&
    make(
      "p",
      { class: "rests" },
      `The ${counted(found.hits.length, "best hit")} shown; there are more. Write more of the name, or choose a kind.`,
    );
  return [heading, only, ...groups.flatMap(([kind, list]) => group(place, kind, list, found.more)), more];
}

function group(place, kind, list, more) {
  const label = HEADS[kind];
  const all = more && !place.values.kind ? make("a", { href: address("find", { q: place.values.q, kind }) }, label) : label;
  return [make("h3", {}, all), make("ul", { class: "hits" }, list.map(hitOf))];
}

function hitOf(hit) {
  const also = hit.matched !== hit.name && `also ${hit.matched}`;
  const more = [also, hit.summary].filter(Boolean).join(" · ");
  return make("li", {}, thingLink(hit), " ", more && make("small", { dir: "auto" }, more));
}

/** The things that a question names, as links. */
async function inQuestion(app, told, into) {
  const values = Object.values(told.values || {});
  const found = await Promise.all(values.map((value) => app.source.search(value, { limit: 3 }).catch(() => ({ hits: [] }))));
  const same = found.flatMap(({ hits: list }, i) =>
    list.filter((hit) => [hit.name, hit.matched].some((name) => plain(name) === plain(values[i]))),
  );
  if (!same.length) into.remove();
  into.append(make("ul", { class: "hits" }, same.map(hitOf)));
}

/** Where no name fits: names that are spelt alike, and sentences with the words. */
async function elsewhere(app, q, into) {
  const parts = q
    .split(/[\s?!.,]+/)
    .filter((word) => word.length > 2 && !COMMON.has(word.toLowerCase()))
    .slice(0, 4);
  const near = await Promise.all(parts.map((word) => alike(app, word).catch(() => [])));
  const seen = new Map(near.flat().map((hit) => [hit.iri, hit]));
  if (seen.size)
    into.append(
      make("p", {}, "Names that are like it:"),
      make("ul", { class: "hits" }, [...seen.values()].slice(0, ALIKE).map(hitOf)),
    );
  const sentences = await inSentences(app, q).catch(() => []);
  if (!sentences.length) return;
  const items = sentences.map((one) =>
    make(
      "li",
      {},
      make("blockquote", { dir: "auto" }, marked(one.sentence, one.words)),
      placeLink(one.iri, one.source || "open the source"),
    ),
  );
  into.append(make("h3", {}, "In the text of the sources"), make("ul", { class: "reasons" }, items));
}

/** Things with a word in their names, or with one that begins alike and differs by few letters. */
async function alike(app, word) {
  const { hits: exact } = await app.source.search(word, { limit: 4 });
  if (exact.length) return exact;
  const { hits: begun } = await app.source.search(word.slice(0, Math.max(3, Math.ceil(word.length / 2))), { limit: HITS });
  const most = Math.max(1, Math.floor(word.length / 3));
  const told = begun.map((hit) => [
    hit,
    Math.min(
      ...plain(hit.matched)
        .split(/\s+/)
        .map((one) => apart(one, plain(word))),
    ),
  ]);
  return told
    .filter(([, far]) => far <= most)
    .sort((a, b) => a[1] - b[1])
    .map(([hit]) => hit);
}

/** By how many letters two words differ. */
function apart(one, other) {
  let last = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++)
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    last = row;
  }
  return last[other.length];
}

/** Sentences that hold the words: those the source finds itself, or a query does. */
async function inSentences(app, q) {
  if (app.source.sentences) return (await app.source.sentences(q)).hits;
  if (!app.served) return [];
  const query = `SELECT ?span ?sentence ?source WHERE {
  ?quote oa:exact ?sentence . FILTER(CONTAINS(LCASE(?sentence), ${JSON.stringify(q.toLowerCase())}))
  ?span oa:hasSelector ?quote ; oa:hasSource ?page . OPTIONAL { ?page kg:name ?source }
} LIMIT 8`;
  const { text } = await app.source.sparql(query, "application/sparql-results+json");
  return JSON.parse(text).results.bindings.map((row) => {
    const at = plain(row.sentence.value).indexOf(plain(q));
    return {
      iri: row.span.value,
      sentence: row.sentence.value,
      source: row.source?.value,
      words: at < 0 ? "" : row.sentence.value.slice(at, at + q.length),
    };
  });
}
