/* An answer, of the catalogue or to a question: its rows in the view that fits them, the sentences they rest on, and the
   query that ran. */

import { copy, counted, fill, make } from "./dom.js";
import { between, barOf, scaleOf, spanOf } from "./measures.js";
import { iriLink, isIri, placeLink, thingLink, words } from "./iris.js";
import { exports, number, sheet } from "./sheet.js";
import { address, note } from "./state.js";

const MORE = 200;
const MOST = 1000;

/** The relation of a step of a way: "advisedBy" is "advised by". */
const BY = { key: "by", label: "by", value: (row) => row.cells.by?.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) };

/** How many rows an address asks for. */
export function limitOf(values) {
  return Math.min(Math.max(Number(values.limit) || MORE, 1), MOST);
}

/**
 * An answer as elements.
 *
 * @param {object} app
 * @param {object} answer as `query` and `ask` of a source give it; `kept`: how many of its rows a file has, if not all
 * @param {{title: string, values: Record<string, string>, explained: boolean,
 *   more: (offset: number, limit: number) => Promise<object>}} options `values`: those of the place, of which `sort` and
 *   `limit` are kept here
 */
export function answered(app, answer, options) {
  const rows = [...answer.rows];
  const into = make("div", { class: "answer" });
  const count = make("p", { class: "rests" });
  const tell = () => fill(count, ...counts(answer, rows));
  const table = rows.length ? tableOf(app, answer, rows, options) : make("p", { class: "none" }, "No rows.");
  tell();
  const all = answer.kept ?? answer.total;
  const next = () => `Show ${counted(Math.min(MORE, all - rows.length), "more", "more")}`;
  const further = rows.length < all && options.more && make("button", { type: "button" }, next());
  if (further) {
    further.addEventListener("click", async () => {
      further.disabled = true;
      const page = await options.more(rows.length, MORE).catch((error) => ({ error }));
      further.disabled = false;
      if (page.error) return app.say(page.error.message);
      rows.push(...page.rows);
      table.add(page.rows);
      tell();
      app.say(count.textContent);
      if (rows.length <= MOST) note({ limit: rows.length > MORE ? String(rows.length) : "" });
      if (rows.length >= all || !page.rows.length) further.remove();
      else further.textContent = next();
    });
  }
  const told = () => ({
    title: options.title,
    query: answer.query || null,
    values: answer.values || {},
    columns: answer.columns,
    total: answer.total,
    found: answer.found ?? null,
    rests_on: answer.rests_on,
    rows: table.rows(),
    sparql: answer.sparql,
  });
  const saves = rows.length > 0 && exports(options.title, () => table, told);
  fill(into, table, make("div", { class: "below" }, count, further, saves), ran(app, answer));
  return into;
}

function counts(answer, rows) {
  const all = counted(answer.total, "row");
  const found = typeof answer.found === "number" ? `${answer.found.toLocaleString("en")} found` : "";
  const shown = rows.length < answer.total ? `${rows.length.toLocaleString("en")} of ${all} shown` : all;
  const part = found && answer.found === answer.total && shown === all ? `${found}. ` : `${found && `${found}, `}${shown}. `;
  const cut = answer.kept && `This file keeps the first ${answer.kept.toLocaleString("en")}; kg serve shows all. `;
  return [part, cut, answer.rests_on?.length ? `What the graph knows: ${answer.rests_on.join("; ")}.` : ""];
}

function tableOf(app, answer, rows, options) {
  const columns = answer.columns.map((key) => (answer.query === "path" && key === "by" ? BY : columnOf(key)));
  if (answer.view === "bar") withBars(columns, rows);
  if (answer.view === "timeline") withTimes(columns, rows);
  if (options.explained && answer.query && !answer.columns.includes("sentence"))
    columns.push(why(app, answer, columns.length + 1));
  return sheet(columns, rows, { caption: options.title, sort: options.values.sort, sorted: (sort) => note({ sort }) });
}

function columnOf(key) {
  const value = (row) => row.cells[key];
  if (key === "sentence") return { key, label: "sentence", value, class: "sentence", cell: sentence };
  return { key, label: words(key), value, cell: (row) => content(row, key) };
}

function content(row, key) {
  const text = row.cells[key];
  if (text === null || text === undefined || text === "") return "";
  if (row.things[key]) return thingLink({ iri: row.things[key], name: text });
  return isIri(text) ? iriLink(text) : make("span", { dir: "auto" }, text);
}

/** A sentence, the words marked, and where it stands. */
function sentence(row) {
  if (!row.cells.sentence) return "";
  const places = row.evidence.map((place) => placeLink(place.iri, place.source));
  return [
    make("span", { dir: "auto" }, highlighted(row.cells.sentence, saidIn(row))),
    places.length > 0 && make("span", { class: "places" }, between(places, ", ")),
  ];
}

/** What a row says, as far as it may stand in its sentence so. */
function saidIn(row) {
  return Object.entries(row.cells)
    .filter(([key, value]) => value && key !== "sentence" && value.length > 2 && !isIri(value))
    .map(([, value]) => value);
}

/** A sentence with several of its words marked, where they stand in it as whole words. */
function highlighted(sentence, texts) {
  const spans = [];
  for (const text of [...texts].sort((a, b) => b.length - a.length)) {
    const at = sentence.indexOf(text);
    const end = at + text.length;
    const whole = at >= 0 && !/[\p{L}\p{N}]/u.test((sentence[at - 1] || " ") + (sentence[end] || " "));
    if (whole && !spans.some(([from, to]) => at < to && end > from)) spans.push([at, end]);
  }
  spans.sort(([a], [b]) => a - b);
  let last = 0;
  const parts = spans.flatMap(([from, to]) => {
    const before = sentence.slice(last, from);
    last = to;
    return [before, make("mark", {}, sentence.slice(from, to))];
  });
  return [...parts, sentence.slice(last)];
}

function withBars(columns, rows) {
  const told = (column) => rows.map((row) => column.value(row)).filter((value) => value !== null && value !== "");
  const measured = columns.filter(
    (column) =>
      !/year|sentence/.test(column.key) && told(column).length && told(column).every((value) => /^[+-]?[\d.,]+$/.test(value)),
  );
  const column = measured.at(-1);
  if (!column) return;
  const most = Math.max(...rows.map((row) => Math.abs(number(column.value(row) || 0))));
  const bar = {
    key: "bar",
    label: make("span", { class: "hidden" }, "as a bar"),
    plainly: true,
    class: "drawn",
    value: () => null,
    cell: (row) => barOf(number(column.value(row) || 0), most),
  };
  columns.splice(columns.indexOf(column) + 1, 0, bar);
}

function withTimes(columns, rows) {
  const has = (...keys) => keys.find((key) => columns.some((column) => column.key === key));
  const start = has("from", "start", "since", "year", "when", "date");
  if (!start) return;
  const end = has("to", "end", "until") || start;
  const year = (row, key) => Number(/^\d{4}/.exec(row.cells[key] || "")?.[0]) || 0;
  const spans = new Map(rows.map((row) => [row, [year(row, start) || year(row, end), year(row, end) || year(row, start)]]));
  const years = [...spans.values()].flat().filter(Boolean);
  if (!years.length) return;
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const of = (row) => spans.get(row) || [year(row, start) || year(row, end), year(row, end) || year(row, start)];
  const time = {
    key: "time",
    label: make("span", { class: "hidden" }, "drawn in time"),
    plainly: true,
    scale: scaleOf(first, last),
    class: "drawn",
    value: () => null,
    cell: (row) => spanOf(of(row), first, last),
  };
  columns.splice(0, 0, time);
}

/** A column of buttons that open the sentences of a row beneath it. */
function why(app, answer, wide) {
  const cell = (row) => {
    const button = make("button", { type: "button", class: "plain", "aria-expanded": "false" }, "sentences");
    button.addEventListener("click", () => opened(app, answer, row, button, wide));
    return button;
  };
  return { key: "why", label: make("span", { class: "hidden" }, "why"), plainly: true, value: () => null, cell };
}

async function opened(app, answer, row, button, wide) {
  const line = button.closest("tr");
  if (line.nextElementSibling?.classList.contains("why")) {
    line.nextElementSibling.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  const cell = make("td", { role: "cell", colspan: wide + 1 }, "…");
  line.after(make("tr", { class: "why", role: "row" }, cell));
  button.setAttribute("aria-expanded", "true");
  try {
    const told = await app.source.because(answer.query, { ...answer.values, row: row.number, limit: 50 });
    fill(cell, reasons(told));
  } catch (error) {
    fill(cell, error.message);
  }
}

function reasons(told) {
  const items = told.rows.map((row) => {
    const said = told.columns
      .filter((column) => column !== "sentence" && row.cells[column])
      .map((column) => content(row, column));
    return make("li", {}, make("p", {}, between(said, " · ")), make("blockquote", {}, sentence(row)));
  });
  const part =
    told.rows.length < told.total &&
    make("p", { class: "rests" }, `${told.rows.length} of ${counted(told.total, "sentence")} shown.`);
  return [make("ul", { class: "reasons" }, items), part];
}

/** The query that ran, to be read, copied and changed. */
export function ran(app, answer) {
  if (!answer.sparql) return null;
  const text = bare(answer.sparql);
  const copied = make("button", { type: "button" }, "Copy");
  copied.addEventListener("click", async () => {
    copied.textContent = (await copy(text)) ? "Copied" : "Not allowed here";
    app.say(copied.textContent);
  });
  const open = app.served && make("a", { href: address("sparql", { query: text }) }, "Open in SPARQL");
  return make(
    "details",
    { class: "ran" },
    make("summary", {}, "The query that ran"),
    make("pre", { tabindex: 0 }, text),
    make("p", { class: "exports" }, open, copied),
  );
}

/** A query of the catalogue without what only the catalogue reads (how it is asked for): title and explanation stay. */
export function bare(sparql) {
  return sparql
    .split("\n")
    .filter((line) => !/^# (view|ask|most|rests on|because|names):/.test(line))
    .join("\n")
    .trim();
}
