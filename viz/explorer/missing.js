/* An address that names nothing: what is nearest to it. */

import { make } from "./dom.js";
import { thingLink } from "./iris.js";
import { address, iriOf } from "./state.js";

const MOST = 6;

/** A section that tells what is missing, and fills itself with names that are like the end of the address. */
export function nearby(app, place, reason) {
  const q = wordsOf(place);
  const told = /^(text$|query\/)/.test(place.path) ? reason : `The graph says nothing of ${iriOf(place.path)}.`;
  const near = make("div", { role: "status" });
  if (q) offered(app, q, near).catch(() => {});
  return make(
    "section",
    { class: "trouble", id: "refused" },
    make("h1", {}, "Nothing of this name"),
    make("p", { dir: "auto" }, told),
    near,
    make(
      "p",
      {},
      q && [make("a", { href: address("find", { q }), dir: "auto" }, `Look for \u201c${q}\u201d`), ", "],
      make("a", { href: address("queries") }, q ? "see what can be asked" : "See what can be asked"),
      ", or ",
      make("a", { href: address("") }, "begin anew"),
      ".",
    ),
  );
}

/** The end of an address in words. */
function wordsOf({ path, values }) {
  return (values.of || path).split("/").pop().replace(/\.\w+$/, "").replace(/[-_+]+/g, " ").trim();
}

async function offered(app, q, into) {
  const { hits } = await app.source.search(q, { limit: MOST });
  const found = hits.length ? hits : await byWord(app, q);
  if (!found.length) return;
  into.append(
    make("p", {}, "The nearest names:"),
    make("ul", { class: "hits" }, found.map((hit) => make("li", {}, thingLink(hit)))),
  );
}

/** Things that have one of the words, the longest first. */
async function byWord(app, q) {
  const words = q.split(" ").filter((word) => word.length > 2).sort((a, b) => b.length - a.length).slice(0, 3);
  const found = await Promise.all(words.map((word) => app.source.search(word, { limit: MOST })));
  const each = new Map(found.flatMap(({ hits }) => hits).map((hit) => [hit.iri, hit]));
  return [...each.values()].slice(0, MOST);
}
