/* What a SPARQL query answers, as a table, a word, or triples; and how to take it along. */

import { counted, make, save } from "./dom.js";
import { iriLink, isIri, kindOf, short, thingLink } from "./iris.js";
import { exports, sheet } from "./sheet.js";
import { address, pathOf, root } from "./state.js";

const MOST = 1000;
const OTHERS = 12;
const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?) \.$/;
export const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";

/** The results of a query as elements. `took` is in milliseconds; `turtle` asks for the same as Turtle. */
export function results({ text, type }, took, turtle) {
  const time = `${(took / 1000).toLocaleString("en", { maximumFractionDigits: 2 })} s`;
  if (!type.includes("json")) return graph(text, time, turtle);
  const told = JSON.parse(text);
  if ("boolean" in told)
    return [
      make("p", { class: "verdict" }, told.boolean ? "Yes" : "No"),
      make("p", { class: "rests" }, `True or false: ${told.boolean}. ${time}.`),
    ];
  return table(told.head.vars, told.results.bindings, text, time);
}

function table(names, bindings, text, time) {
  const columns = names.map((key) => ({
    key,
    label: key,
    value: (row) => row[key]?.value ?? null,
    cell: (row) => cell(row[key]),
  }));
  const rows = bindings.slice(0, MOST);
  const part =
    rows.length < bindings.length
      ? `${rows.length.toLocaleString("en")} of ${counted(bindings.length, "row")} shown`
      : counted(bindings.length, "row");
  const count = make("p", { class: "rests" }, `${part}. ${time}.`);
  if (!rows.length) return [count];
  const shown = sheet(columns, rows, { caption: "Results" });
  const things = thingsOf(
    rows
      .flatMap((row) => Object.values(row))
      .filter((term) => term.type === "uri")
      .map((term) => term.value),
    rows,
  );
  const whole = () => save("results.srj.json", "application/sparql-results+json", text);
  const saves = exports(
    "results",
    () => shown,
    (it) => it.rows().map((row) => Object.fromEntries(names.map((key) => [key, row[key]?.value ?? null]))),
  );
  saves.append(make("button", { type: "button", onclick: whole }, "SPARQL JSON, all"));
  return [count, shown, make("div", { class: "below" }, saves), pictured(things)];
}

function cell(term) {
  if (!term) return "";
  if (term.type === "uri") return iriLink(term.value);
  const tag = term["xml:lang"] && make("small", {}, ` @${term["xml:lang"]}`);
  return [make("span", { dir: "auto" }, term.type === "bnode" ? `_:${term.value}` : term.value), tag];
}

/** Things of the graph among IRIs, each once, by a name that stands beside them where there is one. */
function thingsOf(iris, rows) {
  const found = new Map();
  for (const iri of iris) if (!found.has(iri) && kindOf(iri)) found.set(iri, { iri, kind: kindOf(iri), name: short(iri) });
  for (const row of rows) {
    const terms = Object.values(row);
    const [things, texts] = [
      terms.filter((t) => found.has(t.value)),
      terms.filter((t) => t.type === "literal" && !/^[\d.-]*$/.test(t.value) && t.value.length < 80),
    ];
    if (things.length === 1 && texts.length === 1) found.get(things[0].value).name = texts[0].value;
  }
  return [...found.values()];
}

/** Links to the pictures of what was found. */
function pictured(things) {
  if (!things.length) return null;
  const [first, ...others] = things;
  const open = (thing) => make("li", {}, thingLink(thing, { view: "graph" }));
  const way =
    others.length > 0 &&
    make(
      "a",
      { href: address("way", { one: pathOf(first.iri), other: pathOf(others[0].iri) }) },
      "How the first two are connected",
    );
  const rest =
    others.length > 0 &&
    make(
      "details",
      {},
      make("summary", {}, `The others in the graph (${Math.min(OTHERS, others.length)} of ${others.length} shown)`),
      make("ul", { class: "nearest" }, others.slice(0, OTHERS).map(open)),
    );
  return make(
    "div",
    { class: "pictured" },
    make("p", {}, make("a", { href: address(pathOf(first.iri), { view: "graph" }) }, "Show in graph"), `: ${first.name}. `, way),
    rest,
  );
}

function graph(text, time, turtle) {
  const all = text.split("\n").map(triple).filter(Boolean);
  const rows = all.slice(0, MOST);
  const part =
    rows.length < all.length
      ? `${rows.length.toLocaleString("en")} of ${counted(all.length, "triple")} shown`
      : counted(all.length, "triple");
  const count = make("p", { class: "rests" }, `${part}. ${time}.`);
  if (!rows.length) return [count];
  const columns = ["subject", "predicate", "object"].map((key) => ({
    key,
    label: key,
    value: (row) => row[key],
    cell: (row) => (isIri(row[key]) ? iriLink(row[key]) : make("span", { dir: "auto" }, row[key])),
  }));
  const shown = sheet(columns, rows, { caption: "Triples" });
  const saves = exports(
    "triples",
    () => shown,
    (it) => it.rows(),
  );
  const asTurtle = async () => save("triples.ttl", "text/turtle", (await turtle()).text);
  saves.append(make("button", { type: "button", onclick: asTurtle }, "Turtle"));
  return [
    count,
    shown,
    make("div", { class: "below" }, saves),
    pictured(
      thingsOf(
        rows.flatMap((row) => [row.subject, row.object]),
        [],
      ),
    ),
  ];
}

function triple(line) {
  const [, subject, predicate, iri, blank, literal] = TRIPLE.exec(line.trim()) || [];
  if (!predicate) return null;
  return { subject: subject.replace(/^<|>$/g, ""), predicate, object: iri ?? blank ?? read(literal) };
}

function read(literal) {
  try {
    const letters = literal.replace(/\\U([0-9A-Fa-f]{8})/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
    return JSON.parse(`"${letters.replaceAll("\\'", "'")}"`);
  } catch {
    return literal;
  }
}

/** The query as others may run it: an address, a command, a program. */
export function taken(query) {
  const endpoint = new URL(`${root}sparql`, location.href).href;
  const end = query.split("\n").includes("SPARQL") ? "END_OF_SPARQL" : "SPARQL";
  const quoted = query.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"').replace(/"$/, '\\"');
  return {
    address: new URL(address("sparql", { query }), location.href).href,
    curl: `curl -sS ${endpoint} -H 'Accept: text/csv' --data-urlencode query@- <<'${end}'\n${query}\n${end}\n`,
    python: [
      "import csv",
      "import io",
      "from urllib.parse import urlencode",
      "from urllib.request import Request, urlopen",
      "",
      `query = """${quoted}"""`,
      'data = urlencode({"query": query}).encode()',
      `request = Request(${JSON.stringify(endpoint)}, data, {"Accept": "text/csv"})`,
      "with urlopen(request) as answer:",
      '    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")))',
      'print(len(rows), "rows")',
      "",
    ].join("\n"),
  };
}
