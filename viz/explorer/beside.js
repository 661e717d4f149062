/* What stands beside the picture: all that it shows, in words, of the thing or the line that is chosen. */

import { fill, make, marked } from "./dom.js";
import { facts } from "./facts.js";
import { KINDS, word } from "./names.js";
import { address, pathOf } from "./state.js";

/** A relation as it is read from a thing: an arrow that comes in is before those that others have with it. */
export function said({ label, direction }) {
  return direction === "in" ? `← ${label}` : label;
}

/** The address of a thing in the same picture. */
function choosing(place, iri) {
  const path = pathOf(iri);
  return address(place.path, { ...place.values, at: path === place.path ? "" : path });
}

/**
 * The panel of a thing.
 *
 * @param {object} shown what `gathered` gives
 * @param {object} entity the thing that is chosen, as the source tells of it
 * @param {(more: object) => void} open opens a relation of it further
 */
export async function thingPanel(app, place, shown, entity, open) {
  const path = pathOf(entity.iri);
  const about = [word(entity.kind), entity.summary].filter(Boolean).join(" · ");
  const goes = [
    make("a", { href: address(path) }, "Open page"),
    path !== place.path && make("a", { href: address(path, { view: "graph" }) }, "Picture around it"),
    make("a", { href: address("way", { one: path }) }, "Connect to …"),
  ];
  return [
    make("h2", { class: `type type-${entity.kind}`, dir: "auto" }, entity.name),
    make("p", { class: "kind", dir: "auto" }, about),
    make("p", { class: "goes" }, goes),
    openers(shown, entity, open),
    inPicture(place, shown, entity),
    await known(app, entity, place),
  ];
}

/** Buttons that open a relation further, ten at a time. */
function openers({ more }, { iri }, open) {
  const mine = more.filter((one) => one.iri === iri);
  if (!mine.length) return null;
  const buttons = mine.filter((one) => one.shown < one.count).map((one) => {
    const count = make("small", {}, `${one.shown} of ${one.count.toLocaleString("en")}`);
    const label = `Expand: ${said(one)}, ${one.shown} of ${one.count} shown`;
    return make("button", { type: "button", "aria-label": label, "data-relation": one.relation, onclick: () => open(one) }, `${said(one)} `, count);
  });
  if (!buttons.length) return make("p", { class: "kind" }, "All that it is tied to is in the picture.");
  return make("div", { class: "openers", role: "group", "aria-label": "Expand" }, make("h3", {}, "Expand"), buttons);
}

/** What the picture shows of a thing: its lines, as a list. */
function inPicture(place, { things, ties }, { iri }) {
  const groups = new Map();
  for (const tie of ties) {
    if (tie.from !== iri && tie.to !== iri) continue;
    const other = things.get(tie.from === iri ? tie.to : tie.from);
    const relation = tie.from === iri ? tie.label : `← ${tie.label}`;
    if (!groups.has(relation)) groups.set(relation, new Map());
    groups.get(relation).set(other.iri, other);
  }
  if (!groups.size) return make("p", { class: "kind" }, "Nothing in the picture is tied to it.");
  const lists = [...groups].map(([relation, others]) => [
    make("h3", {}, `${relation} · ${others.size}`),
    make("ul", { class: "ends" }, [...others.values()].map((other) => make("li", {},
      make("a", { class: `type type-${other.kind}`, href: choosing(place, other.iri), dir: "auto" }, other.name)))),
  ]);
  return make("details", { class: "inside", open: total(groups) <= 12 }, make("summary", {}, `In the picture: ${total(groups)} tied to it`), lists);
}

function total(groups) {
  return new Set([...groups.values()].flatMap((others) => [...others.keys()])).size;
}

async function known(app, entity, place) {
  const list = make("section", { class: "known" });
  const told = await facts(app, entity, place, { compact: true });
  await told.begun;
  return fill(list, make("h3", {}, "What is known"), told);
}

/** The panel of a line: who, what, and each sentence that says so. */
export function linkPanel(place, { things }, link) {
  const [from, to] = [things.get(link.from), things.get(link.to)];
  const end = (one) => make("a", { class: `type type-${one.kind}`, href: choosing(place, one.iri), dir: "auto" }, one.name);
  return [
    make("h2", { class: "between" }, end(from), make("span", {}, ` ${link.label} `), end(to)),
    make("ol", { class: "sentences" }, link.ties.map(sentence)),
  ];
}

function sentence(tie) {
  if (!tie.sentence) return make("li", {}, make("p", { class: "kind" }, "No sentence is kept of this tie."));
  const path = pathOf(tie.claim || "");
  const sure = tie.confidence === null ? null : `confidence ${tie.confidence}`;
  const about = [tie.source, tie.as_of, sure, ...tie.details.map(([word, value]) => `${word} ${value}`)].filter(Boolean).join(" · ");
  return make("li", {},
    make("blockquote", { dir: "auto" }, marked(tie.sentence, tie.printed)),
    make("p", { class: "source" }, about),
    path && make("p", { class: "goes" }, make("a", { href: address("text", { of: path }) }, "In its source"), make("a", { href: address(path) }, "The claim")));
}

/** How much is shown, and what is not. */
export function tally({ things, hidden, more, centre }) {
  const parts = Object.entries({ "by filters": hidden.filtered, departments: hidden.units, "without a tie": hidden.orphans })
    .filter(([, number]) => number).map(([word, number]) => `${number} ${word}`);
  const around = more.filter((one) => one.iri === centre.iri);
  const own = (what) => around.reduce((sum, one) => sum + one[what] - specials(around, one, what), 0);
  const [some, all] = [own("visible"), own("count")];
  const told = `${things.size} things · ${some.toLocaleString("en")} of ${all.toLocaleString("en")} ties of ${centre.name} shown`;
  return parts.length ? `${told} · hidden: ${parts.join(", ")}` : told;
}

/** How many of a general relation are counted under the special ones already. */
function specials(around, { relation }, what) {
  return around.reduce((sum, one) => sum + (one.general.includes(relation) ? one[what] : 0), 0);
}

/** The kinds in a picture with their numbers, the departments aside. */
export function kindsOf({ counts }) {
  return KINDS.filter((kind) => counts[kind] && kind !== "unit").map((kind) => [kind, counts[kind]]);
}
