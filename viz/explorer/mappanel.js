/* Beside a map: what was chosen on it, its communities, what rises and falls, and the same as tables. */

import { counted, draw, make, marked } from "./dom.js";
import { address, pathOf } from "./state.js";
import { across, linkOf, within } from "./mapscene.js";

const FEW = 12;
const ROWS = 50;
const ONE = { talks: "talk", topics: "topic", people: "person" };

/** "3 talks", "1 person". */
export function told(number, many) {
  return counted(number, ONE[many] || many, many);
}

/** The values of the address that stand for a node. */
export function nodeValue(iri) {
  return pathOf(iri) ?? iri;
}

/** A thing of the graph as a link to its page. */
export function named(thing) {
  const path = pathOf(thing.iri);
  const shown = { class: `type type-${thing.kind}`, dir: "auto" };
  return path === undefined ? make("span", shown, thing.name) : make("a", { ...shown, href: address(path) }, thing.name);
}

const asThing = (node) => ({ iri: node.iri, kind: node.type, name: node.label });

/** Bars of years. */
export function bars(years, [first, last], shown = { from: first, until: last }) {
  const most = Math.max(1, ...years.map(([, count]) => count));
  const span = last - first + 1;
  const text = years.map(([year, count]) => `${year}: ${count}`).join(", ");
  return draw("svg", { class: "bars", viewBox: `0 0 ${span} 1`, preserveAspectRatio: "none", role: "img", "aria-label": text || "no year is known" },
    years.map(([year, count]) => draw("rect", {
      x: year - first + 0.08, width: 0.84, y: 1 - count / most, height: count / most,
      class: year >= shown.from && year <= shown.until ? "in" : "out",
    })));
}

function close(act) {
  return make("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => act({ at: "", with: "" }) }, "×");
}

/** What is known of a node of the map. */
export function nodePanel(scene, index, choice, act) {
  const { chart, size, near } = scene;
  const node = chart.nodes[index];
  const links = near[index];
  const community = chart.communities.find((one) => one.id === node.community);
  const row = (link) => {
    const other = chart.nodes[across(scene, link, index)];
    return make("li", {},
      make("button", { type: "button", class: "plain", onclick: () => act({ at: nodeValue(node.iri), with: nodeValue(other.iri) }) },
        make("bdi", {}, other.label)),
      make("span", { class: "detail" }, way(scene, link, index)));
  };
  const list = make("ol", { class: "near" }, links.slice(0, FEW).map(row));
  const said = chart.years[0] !== null && !choice.every && node.years.length
    ? ` (${within(node.years, choice.from, choice.until).toLocaleString("en")} from ${choice.from} to ${choice.until})` : "";
  return [
    close(act),
    make("h2", {}, named(asThing(node))),
    make("p", { class: "kind" }, told(size[index], chart.counted), said, community && [" · ", community.name]),
    node.years.length > 1 && bars(node.years, chart.years, choice),
    node.years.length > 0 && make("p", { class: "kind" }, span(node.years)),
    make("h3", {}, "Strongest links"),
    list,
    more(links.length, FEW, list, () => list.append(...links.slice(FEW).map(row))),
    node.near > links.length && make("p", { class: "kind" },
      `${links.length} of ${node.near.toLocaleString("en")} are drawn as lines: those that are strong for both ends.`),
  ];
}

function span(years) {
  const [first, last] = [years[0][0], years.at(-1)[0]];
  return first === last ? String(first) : `${first} to ${last}`;
}

/** What a link counts, seen from one end. */
function way(scene, link, from) {
  const { chart } = scene;
  const [a, , , count] = chart.links[link];
  return `${told(count, chart.unit)}${chart.directed ? (a === from ? " went there" : " came from there") : ""}`;
}

function more(total, few, list, add) {
  if (total <= few) return null;
  const note = make("p", { class: "kind" }, `${few} of ${total.toLocaleString("en")} shown `,
    make("button", { type: "button", class: "plain", onclick: () => {
      add();
      note.replaceChildren(`${list.children.length} of ${total.toLocaleString("en")} shown`);
    } }, "show more"));
  return note;
}

/** What is known of a link; `things` is filled in when it comes. */
export function linkPanel(scene, link, act, things) {
  const { chart } = scene;
  const [a, b, weight, count, years] = chart.links[link];
  const ends = [chart.nodes[a], chart.nodes[b]];
  return [
    close(act),
    make("h2", {}, named(asThing(ends[0])), chart.directed ? " → " : " and ", named(asThing(ends[1]))),
    make("p", { class: "kind" }, chart.directed ? `${told(count, "people")} went from the one to the other` : `${told(count, chart.unit)} in common`,
      weight !== count && [` · ${chart.measure.replace(/ of .*$/, "")} ${weight.toLocaleString("en", { maximumSignificantDigits: 3 })}`],
      years.length > 0 && [" · ", span(years)]),
    things,
    make("p", { class: "kind ends" }, ends.map((end) => make("button", { type: "button", class: "plain", onclick: () => act({ at: nodeValue(end.iri), with: "" }) }, `On the map: ${end.label}`))),
  ];
}

/** The talks or people behind a link. */
export function behindList(found) {
  const item = (thing) => make("li", {}, named(thing),
    thing.date && make("span", { class: "detail" }, thing.date),
    thing.speakers?.length > 0 && make("p", { class: "kind" }, thing.speakers.map((one, at) => [at > 0 && ", ", named(one)])),
    (thing.sentences || []).map((said) => make("blockquote", { dir: "auto" }, marked(said.sentence, said.printed), " ", evidence(said.claim))));
  return [
    found.through.length > 0 && make("p", {}, "Topics of both: ", found.through.map((one, at) => [at > 0 && ", ", named(one)])),
    make("ul", { class: "behind" }, found.things.map(item)),
    found.things.length < found.total && make("p", { class: "kind" }, `${found.things.length} of ${found.total.toLocaleString("en")} shown`),
  ];
}

function evidence(claim) {
  const path = pathOf(claim);
  return path && make("a", { class: "source", href: address("text", { of: path }) }, "in the source");
}

/** What the address says of the shown communities: their numbers, or those that are not shown with a minus. */
function written(communities, shown) {
  if (shown.size === communities.length) return "";
  if (!shown.size) return "none";
  const ids = communities.map((one) => one.id);
  const few = 2 * shown.size <= ids.length;
  return few ? ids.filter((id) => shown.has(id)).join(",") : ids.filter((id) => !shown.has(id)).map((id) => `-${id}`).join(",");
}

/** The communities that the address tells of; null where all are shown. */
export function communitiesOf(communities, value) {
  if (!value) return null;
  const told = value.split(",");
  const ids = communities.map((one) => one.id);
  const among = (sign) => ids.filter((id) => told.includes(sign + id));
  if (value === "none") return new Set();
  if (value.startsWith("-")) return new Set(ids.filter((id) => !among("-").includes(id)));
  return among("").length ? new Set(among("")) : null;
}

/** A list of communities that says which are shown. */
export function communityList(scene, only, colour, act) {
  const { communities } = scene.chart;
  const shown = new Set(only || communities.map((one) => one.id));
  const change = (id, on) => {
    if (on) shown.add(id);
    else shown.delete(id);
    act({ community: written(communities, shown) });
  };
  const row = (one) => make("li", {}, make("label", {},
    make("input", { type: "checkbox", checked: shown.has(one.id), onchange: (event) => change(one.id, event.target.checked) }),
    swatch(colour(one.id)), make("span", { dir: "auto" }, one.name), make("span", { class: "number" }, one.size.toLocaleString("en"))));
  const list = make("ul", { class: "communities" }, communities.slice(0, FEW).map(row));
  const late = communities.slice(FEW);
  return [
    make("p", { class: "kind" },
      make("button", { type: "button", class: "plain", onclick: () => act({ community: "" }) }, "all"), " · ",
      make("button", { type: "button", class: "plain", onclick: () => act({ community: "none" }) }, "none")),
    list,
    more(communities.length, FEW, list, () => list.append(...late.map(row))),
  ];
}

function swatch(colour) {
  const found = make("span", { class: "swatch", "aria-hidden": "true" });
  found.style.background = colour;
  return found;
}

/** What rises and what falls. */
export function trendLists(scene, act) {
  const { rising, falling } = scene.chart.trends;
  if (!rising.length && !falling.length) return [make("p", { class: "kind" }, "No topic rises or falls for sure: that takes ten talks on it and three years.")];
  const row = (one) => make("li", {},
    scene.at.has(one.iri)
      ? make("button", { type: "button", class: "plain", onclick: () => act({ at: nodeValue(one.iri), with: "" }) }, make("bdi", {}, one.label))
      : named({ iri: one.iri, kind: "topic", name: one.label }),
    make("span", { class: "detail" }, `${percent(one.early)} → ${percent(one.late)} of talks, odds × ${one.change.toFixed(2)} a year`));
  const list = (title, rows) => rows.length > 0 && [make("h3", {}, title), make("ol", { class: "near" }, rows.map(row))];
  return [list("Rising", rising), list("Falling", falling)];
}

const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** The strongest links of what is chosen, as a table. */
export function linkTable(scene, counts, act) {
  const { chart } = scene;
  const shown = chart.links.map((_, link) => link).filter((link) => counts.links[link]);
  shown.sort((a, b) => counts.links[b] - counts.links[a] || chart.links[b][2] - chart.links[a][2]);
  const row = (link) => {
    const [a, b, weight] = chart.links[link];
    return make("tr", {},
      make("td", {}, named(asThing(chart.nodes[a]))), make("td", {}, named(asThing(chart.nodes[b]))),
      make("td", {}, make("button", { type: "button", class: "plain", onclick: () => act({ at: nodeValue(chart.nodes[a].iri), with: nodeValue(chart.nodes[b].iri) }) },
        told(counts.links[link], chart.unit))),
      make("td", {}, weight.toLocaleString("en", { maximumSignificantDigits: 3 })));
  };
  const body = make("tbody", {}, shown.slice(0, ROWS).map(row));
  return [
    make("div", { class: "wide" }, make("table", {},
      make("caption", {}, `Links, the most ${chart.unit} first`),
      make("thead", {}, make("tr", {}, [chart.directed ? "From" : "One", chart.directed ? "To" : "Other", "Behind it", "Weight"].map((name) => make("th", { scope: "col" }, name)))),
      body)),
    more(shown.length, ROWS, body, () => body.append(...shown.slice(ROWS, 10 * ROWS).map(row))),
  ];
}

/** The link between two nodes of the address; -1 where there is none. */
export function linkNamed(scene, one, other) {
  return one >= 0 && other >= 0 ? linkOf(scene, one, other) : -1;
}
