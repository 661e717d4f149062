/* Things by their names: links to them, and what their kinds are called. */

import { make } from "./dom.js";
import { address, pathOf } from "./state.js";

const WORDS = {
  person: ["person", "people"],
  organization: ["institution", "institutions"],
  unit: ["department", "departments"],
  award: ["award", "awards"],
  topic: ["topic", "topics"],
  talk: ["talk", "talks"],
  series: ["series", "series"],
};

/** The kinds of things, as the explorer lists them. */
export const KINDS = Object.keys(WORDS);

/** A kind in words. */
export function word(kind) {
  return WORDS[kind]?.[0] || kind;
}

/** The kind of many things in words. */
export function several(kind) {
  return WORDS[kind]?.[1] || `${kind}s`;
}

/** The address of a thing, or of what else an IRI of the graph names; undefined where it is not the graph's. */
export function addressOf(iri, values = {}) {
  const path = pathOf(iri);
  return path === undefined ? undefined : address(path, values);
}

/** A thing as a link with the mark of its kind. */
export function named(thing, attributes = {}) {
  const href = addressOf(thing.iri);
  const told = { class: `type type-${thing.kind}`, dir: "auto", href, ...attributes };
  return make(href ? "a" : "span", told, thing.name);
}

/** The address of the source text where a claim or a span stands. */
export function textOf(iri) {
  return address("text", { of: pathOf(iri) ?? iri });
}

/** Several elements with a comma between. */
export function listed(elements) {
  return elements.flatMap((element, number) => (number ? [", ", element] : [element]));
}
