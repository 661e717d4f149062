/* Questions asked of a file: the phrasings of the catalogue, as far as what they ask for is in the file. */

import { answer, READ, unable } from "./kept-answers.js";
import { called, fold } from "./kept-names.js";

const PART = /\(([^()]*)\)|\[([^[\]]*)\]|\{(\w+)\}|([^\s()[\]{}]+)/g;
const MORE = { "affiliated-with": ["who is at {institution}"] };

/** The answer to a question, or why there is none. */
export function reply(graph, question, { limit = 200, offset = 0 } = {}) {
  const asked = plainly(question);
  const known = phrasings(graph).map((phrase) => fitted(graph, phrase, asked)).find(Boolean);
  if (!known) {
    return { question, declined: `This file cannot answer '${question}'; kg serve answers more.`, nearest: nearest(graph, asked) };
  }
  const made = answer(graph, known.query.name, { ...known.values, limit, offset });
  return { question, declined: null, reading: known.reading, notes: [], ...made };
}

/** Words as they are compared: "Ada's" is two of them, articles are none. */
function plainly(text) {
  return fold(text.replace(/['\u2019](s?)(?![\p{L}\p{N}])/gu, " '$1")).replace(/\b(?:the|a|an|please)\b/g, " ").replace(/ +/g, " ").trim();
}

/** What can be asked here, that first which has most words of its own. */
function phrasings(graph) {
  graph.phrasings = graph.phrasings || graph.queries.flatMap((query) => {
    const reading = READ[query.name];
    if (unable(graph, query.name)) return [];
    return [...graph.asked[query.name] || [], ...MORE[query.name] || []].filter((phrase) => fits(phrase, query))
      .map((phrase) => ({ query, reading, ...patternOf(phrase) }));
  }).sort((a, b) => b.words - a.words);
  return graph.phrasings;
}

/** Whether a phrase asks for what its query needs; a number may be left out. */
function fits(phrase, { parameters }) {
  const slots = (phrase.match(/\{\w+\}/g) || []).length;
  return slots === parameters.length || (!slots && parameters.every(({ number }) => number));
}

function patternOf(phrase) {
  let pattern = "";
  let words = 0;
  for (const [, one, may, slot, word] of phrase.matchAll(PART)) {
    const ways = [...new Set((one ?? may ?? word ?? "").split("|").map(plainly))];
    const said = ways.filter(Boolean).map((way) => `${way} `);
    words += slot || may !== undefined || ways.includes("") ? 0 : 1;
    if (slot) pattern += "(.+?) ";
    else if (said.length) pattern += `(?:${said.join("|")})${may !== undefined || ways.includes("") ? "?" : ""}`;
  }
  return { patterns: [pattern, pattern.replace("(.+?)", "(.+)")].map((one) => new RegExp(`^${one}$`)), words };
}

function fitted(graph, { query, reading, patterns }, asked) {
  for (const pattern of patterns) {
    const match = pattern.exec(`${asked} `);
    if (match && !reading && !match[1]) return { query, values: {}, reading: query.title };
    if (match && !reading && /^\d{1,4}$/.test(match[1])) {
      return { query, values: { [query.parameters[0].name]: match[1] }, reading: `${query.title}: ${match[1]}` };
    }
    const [thing] = match && reading ? named(graph, match[1], reading.kind) : [];
    if (thing !== undefined) {
      const value = graph.things[thing].name;
      return { query, values: { [query.parameters[0].name]: value }, reading: `${query.title}: ${value}` };
    }
  }
  return null;
}

/** The things of a name, whether or not an "'s" is a part of it. */
function named(graph, name, kind) {
  const found = called(graph, name, kind);
  return found.length ? found : called(graph, name.replace(/ s(?= |$)/g, "s"), kind);
}

function sentence(text) {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}?`;
}

/** Questions with most of the same words. */
function nearest(graph, asked) {
  const words = new Set(asked.split(" "));
  const known = graph.queries.filter(({ name }) => !unable(graph, name));
  const spoken = known.flatMap(({ phrasings: all, parameters }) => all.map((phrase) => {
    const shown = phrase.replace(/\{\w+\}/g, parameters[0]?.example ?? "").replace(/ 's/g, "'s");
    const own = plainly(phrase.replace(/\{\w+\}/g, "")).split(" ");
    return { text: sentence(shown), shared: own.filter((word) => words.has(word)).length / Math.sqrt(own.length) };
  }));
  return [...new Set(spoken.sort((a, b) => b.shared - a.shared).map(({ text }) => text))].slice(0, 3);
}
