/* SPARQL for those who write it: an editor, the catalogue as examples, results that lead back to the pages. */

import { bare } from "./answer.js";
import { grouped, judged } from "./asked.js";
import { copy, fill, make } from "./dom.js";
import { editor } from "./editor.js";
import { ACCEPT, results, taken } from "./results.js";
import { address, change, root } from "./state.js";

const EXAMPLE = `SELECT ?topic ?name (COUNT(?talk) AS ?talks) WHERE {
  ?talk a kg:Talk ; kg:topic ?topic .
  ?topic kg:name ?name .
}
GROUP BY ?topic ?name
ORDER BY DESC(?talks) ?name
LIMIT 20`;
const LINE = /\bline (\d+)/i;

/** Show it. */
export async function show(app, place, into) {
  app.title("SPARQL");
  const all = await app.source.queries();
  if (!app.served) return instead(into, (await judged(app, all)).filter((query) => !query.unable));
  const state = { app, editor: null, answer: make("section", { class: "results", "aria-label": "Results" }), turn: 0 };
  const parent = make("div", { class: "editor" });
  const run = () => ran(state);
  const hint = make(
    "p",
    { id: "leaving", class: "reading" },
    "Ctrl+Enter runs the query, Ctrl+Space completes. Esc, then Tab leaves the editor.",
  );
  fill(
    into,
    make("h1", {}, "SPARQL"),
    make(
      "p",
      {},
      "SPARQL 1.1 over this graph and nothing else. The prefixes kg, oa, prov, skos, dcterms, rdf, rdfs and xsd are known. ",
      make("a", { href: address("queries") }, "The questions of the catalogue"),
      " need no SPARQL.",
    ),
    make("p", { class: "reading" }, described()),
    picker(state, all),
    parent,
    hint,
    controls(state, run),
    state.answer,
  );
  const query = place.values.query || "";
  const mount = async () => {
    try {
      state.editor = await editor(parent, query || EXAMPLE, { label: "SPARQL query", hint: "leaving", run });
    } catch (error) {
      return failed(state, error.message);
    }
    parent.dataset.ready = "yes";
    return query && run();
  };
  return {
    shown: mount, // an editor measures its letters, for which it must stand in the page
    update: (to) => {
      if (!state.editor || (to.values.query || EXAMPLE) === state.editor.value()) return;
      state.editor.set(to.values.query || EXAMPLE);
      if (to.values.query) run();
      else fill(state.answer);
    },
    leave: () => {
      state.turn++;
    },
  };
}

/** Where the terms, their shapes and the data are described. */
function described() {
  const files = [
    ["dump/talks.ttl", "The vocabulary"],
    ["dump/shapes.ttl", "its shapes (SHACL)"],
    [".well-known/void", "the data set (VoID)"],
    ["api/openapi.json", "the API"],
  ];
  const links = files.flatMap(([path, text], i) => [i ? ", " : "", make("a", { href: root + path }, text)]);
  return [...links, "; the service describes itself at ", make("code", {}, `${location.origin}${root}sparql`), " to whoever asks for Turtle."];
}

/** In a file there is no engine for SPARQL: it says so, and shows what was answered beforehand. */
function instead(into, all) {
  const lists = grouped(all).map(([group, list]) =>
    make(
      "section",
      {},
      make("h2", {}, group),
      make(
        "ul",
        { class: "questions" },
        list.map((query) => make("li", {}, make("a", { href: address(`query/${query.name}`) }, query.title))),
      ),
    ),
  );
  fill(
    into,
    make("h1", {}, "SPARQL"),
    make(
      "p",
      {},
      "SPARQL needs the server: start it with ",
      make("code", {}, "kg serve"),
      ". These questions are answered here without it:",
    ),
    make("div", { class: "groups" }, lists),
  );
}

function picker(state, all) {
  const groups = grouped(all).map(([group, list]) =>
    make(
      "optgroup",
      { label: group },
      list.map((query) => make("option", { value: query.name }, query.title)),
    ),
  );
  const select = make("select", { id: "example" }, make("option", { value: "" }, "Choose an example"), groups);
  select.addEventListener("change", async () => {
    const query = all.find((one) => one.name === select.value);
    if (!query || !state.editor) return;
    const values = Object.fromEntries(query.parameters.map((parameter) => [parameter.name, parameter.example]));
    try {
      const told = await state.app.source.query(query.name, { ...values, limit: 1 });
      state.editor.set(bare(told.sparql));
      ran(state);
    } catch (error) {
      if (error.status !== 404) return failed(state, error.message);
      failed(
        state,
        `${error.message}. The example names what this graph does not have; choose the question itself: `,
        make("a", { href: address(`query/${query.name}`) }, query.title),
      );
    }
  });
  return make("p", { class: "picker" }, make("label", { for: "example" }, "Examples "), select);
}

function controls(state, run) {
  const copies = [
    ["Copy address", "address"],
    ["Copy as curl", "curl"],
    ["Copy as Python", "python"],
  ].map(([label, form]) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", async () => {
      const done = state.editor && (await copy(taken(state.editor.value())[form]));
      state.app.say(done ? "Copied" : "Copying is not allowed here");
      button.textContent = done ? "Copied" : "Not allowed here";
      setTimeout(() => {
        button.textContent = label;
      }, 1500);
    });
    return button;
  });
  return make("p", { class: "controls" }, make("button", { type: "button", class: "run", onclick: run }, "Run"), copies);
}

async function ran(state) {
  if (!state.editor) return;
  const query = state.editor.value();
  const mine = ++state.turn;
  if (query.trim() === "") return;
  state.editor.clear();
  change({ query });
  state.answer.setAttribute("aria-busy", "true");
  const begun = performance.now();
  try {
    const told = await state.app.source.sparql(query, ACCEPT);
    if (mine !== state.turn) return;
    fill(
      state.answer,
      make("h2", {}, "Results"),
      ...results(told, performance.now() - begun, () => state.app.source.sparql(query, "text/turtle")),
    );
    state.app.say(state.answer.querySelector(".verdict, .rests")?.textContent || "Done");
  } catch (error) {
    if (mine !== state.turn) return;
    const line = Number(LINE.exec(error.message)?.[1]) || 0;
    const jump =
      line > 0 &&
      make("button", { type: "button", class: "plain", onclick: () => state.editor.line(line) }, `Go to line ${line}`);
    failed(state, error.message, " ", jump);
  } finally {
    if (mine === state.turn) state.answer.removeAttribute("aria-busy");
  }
}

function failed(state, ...parts) {
  fill(state.answer, make("p", { class: "wrong", role: "alert" }, parts));
}
