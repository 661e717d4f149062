/* IRIs: in short, and as links to the pages of things and to the places that facts rest on. */

import { away, make } from "./dom.js";
import { KINDS, textOf } from "./names.js";
import { address, base, pathOf } from "./state.js";

/** The prefixes that queries need not declare. */
export const PREFIXES = {
  dcterms: "http://purl.org/dc/terms/",
  kg: "https://w3id.org/talkgraph/terms#",
  oa: "http://www.w3.org/ns/oa#",
  prov: "http://www.w3.org/ns/prov#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

/** The kind of a thing of the graph, as its IRI tells it; undefined of anything else. */
export function kindOf(iri) {
  const path = pathOf(iri);
  if (path === undefined) return undefined;
  const kind = path.slice(0, Math.max(0, path.indexOf("/")));
  return KINDS.includes(kind) ? kind : undefined;
}

/** A name of a program in words: "earlier_posts" is "earlier posts". */
export function words(name) {
  return name.replaceAll("_", " ");
}

/** A link to the page of a thing, with the mark of its kind. */
export function thingLink(thing, values = {}) {
  const path = pathOf(thing.iri);
  const name = thing.name || short(thing.iri);
  if (path === undefined) return away(thing.iri, name);
  const kind = KINDS.includes(thing.kind) ? thing.kind : kindOf(thing.iri);
  return make("a", { class: kind ? `type type-${kind}` : null, href: address(path, values), dir: "auto" }, name);
}

/** A link to the source's text, at the place of a claim, a talk or a span. */
export function placeLink(iri, text) {
  return make("a", { class: "place", href: textOf(iri) }, text);
}

/** An IRI in short: with a prefix that is known, or as the path of the graph's own. */
export function short(iri) {
  if (base && iri.startsWith(base)) return iri.slice(base.length);
  for (const [prefix, start] of Object.entries(PREFIXES)) {
    if (iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length))) return `${prefix}:${iri.slice(start.length)}`;
  }
  return iri;
}

/** Whether a text is an IRI of the web or of the graph. */
export function isIri(text) {
  return /^https?:\/\/\S+$/.test(text) || Boolean(base && text.startsWith(base) && !/\s/.test(text));
}

/** An IRI as a link: to the page of what the graph has, or away. */
export function iriLink(iri) {
  const path = pathOf(iri);
  if (path === undefined) return away(iri, short(iri));
  const evidence = /(^|\/)(claim|span)\//.test(path);
  return evidence ? placeLink(iri, short(iri)) : thingLink({ iri, name: short(iri) });
}
