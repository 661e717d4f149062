/* Tables that can be sorted by their heads, and files of exactly what they show. */

import { make, plain, save } from "./dom.js";

const NUMBER = /^[+-]?\d[\d,]*(\.\d+)?%?$/;
const HARMFUL = /^[=+\-@\t\r]/;

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} label what stands in its head
 * @property {(row: object) => string|null} value what is compared and exported
 * @property {(row: object) => any} [cell] what is shown; without one the value
 * @property {boolean} [plainly] not to be sorted or exported: buttons and drawings
 * @property {string} [class]
 */

/**
 * A table of rows.
 *
 * @param {Column[]} columns
 * @param {object[]} rows
 * @param {{caption: string, sort?: string, sorted?: (sort: string) => void, first?: number}} options `sort` is the key
 *   of a column, with "-" before it from the last to the first
 * @returns {HTMLElement & {add: (rows: object[]) => void, rows: () => object[], columns: Column[]}}
 */
export function sheet(columns, rows, { caption, sort = "", sorted } = {}) {
  const held = [...rows];
  const body = make("tbody", { role: "rowgroup" }); // roles: a narrow page lays the rows out as blocks
  const numeric = new Set(columns.filter((column) => !column.plainly && allNumbers(held, column)).map((column) => column.key));
  let by = columns.some((column) => column.key === sort.replace(/^-/, "")) ? sort : "";
  const inOrder = () => (by ? ordered(held, columns, by) : held);
  const heads = columns.map((column) =>
    head(column, numeric, () => {
      by = next(by, column.key, numeric.has(column.key));
      draw();
      sorted?.(by);
    }),
  );
  const draw = () => {
    body.replaceChildren(...inOrder().map((row) => line(row, columns, numeric)));
    for (const [i, element] of heads.entries()) mark(element, columns[i], by);
  };
  draw();
  const title = caption && make("caption", { class: "hidden" }, caption);
  const table = make(
    "table",
    { class: "sheet", role: "table" },
    title,
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, heads)),
    body,
  );
  const around = make("div", { class: "sheet-around", tabindex: 0, role: "region", "aria-label": caption || "Table" }, table);
  return Object.assign(around, {
    add: (more) => {
      held.push(...more);
      draw();
    },
    rows: inOrder,
    columns,
  });
}

function allNumbers(rows, column) {
  const told = rows.map((row) => column.value(row)).filter((value) => value !== null && value !== "");
  return told.length > 0 && told.every((value) => NUMBER.test(value));
}

function head(column, numeric, onclick) {
  const attributes = { scope: "col", role: "columnheader", class: numeric.has(column.key) ? "number" : column.class };
  if (column.plainly) return make("th", attributes, column.label || make("span", { class: "hidden" }, "more"), column.scale);
  const arrow = make("span", { class: "arrow", "aria-hidden": "true" });
  return make("th", attributes, make("button", { type: "button", onclick }, column.label, arrow));
}

function mark(element, column, by) {
  if (column.plainly) return;
  const down = by === `-${column.key}`;
  const is = down || by === column.key;
  element.setAttribute("aria-sort", is ? (down ? "descending" : "ascending") : "none");
  element.querySelector(".arrow").textContent = is ? (down ? " ↓" : " ↑") : "";
}

/** Numbers begin with the largest; a third click gives the order that was there first. */
function next(by, key, isNumber) {
  const turns = isNumber ? [`-${key}`, key, ""] : [key, `-${key}`, ""];
  return turns[(turns.indexOf(by) + 1) % 3];
}

function ordered(rows, columns, by) {
  const down = by.startsWith("-");
  const column = columns.find((one) => one.key === by.replace(/^-/, ""));
  const told = rows.map((row, i) => ({ row, i, value: column.value(row) ?? "" }));
  const isNumber = allNumbers(rows, column);
  const compare = isNumber ? (a, b) => number(a) - number(b) : (a, b) => COLLATOR.compare(plain(a), plain(b));
  told.sort((a, b) => {
    if (!a.value || !b.value) return (a.value ? 0 : 1) - (b.value ? 0 : 1) || a.i - b.i; // what is not told stands last
    return (down ? compare(b.value, a.value) : compare(a.value, b.value)) || a.i - b.i;
  });
  return told.map(({ row }) => row);
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

/** The number that a text writes. */
export function number(text) {
  return Number(String(text).replace(/[,%+]/g, ""));
}

function line(row, columns, numeric) {
  return make(
    "tr",
    { role: "row" },
    columns.map((column) => {
      const content = column.cell ? column.cell(row) : column.value(row);
      const kind = numeric.has(column.key) ? "number" : column.class;
      return make(
        "td",
        { role: "cell", class: kind, "data-label": column.plainly ? null : column.label, dir: column.cell ? null : "auto" },
        content,
      );
    }),
  );
}

/** Rows as CSV for spreadsheets: what could be taken for a formula has an apostrophe before it. */
export function csv(heads, rows) {
  const written = [heads, ...rows].map((row) => row.map(field).join(","));
  return `\ufeff${written.join("\r\n")}\r\n`;
}

function field(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (HARMFUL.test(text) && !NUMBER.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a table shows, in its order: heads and rows of texts. */
export function shown(table) {
  const columns = table.columns.filter((column) => !column.plainly);
  const rows = table.rows().map((row) => columns.map((column) => column.value(row) ?? ""));
  return { heads: columns.map((column) => column.label), keys: columns.map((column) => column.key), rows };
}

/** Buttons that save what a table shows. `more` are others: label and what they do. */
export function exports(name, table, json, more = []) {
  const file = name.replace(/[^\w-]+/g, "-").slice(0, 60) || "talks";
  const asCsv = () => {
    const { heads, rows } = shown(table());
    save(`${file}.csv`, "text/csv;charset=utf-8", csv(heads, rows));
  };
  const asJson = () => save(`${file}.json`, "application/json", `${JSON.stringify(json(table()), null, 2)}\n`);
  const all = [
    ["CSV", asCsv],
    ["JSON", asJson],
    ...more.map(([label, text, type, end]) => [label, () => save(`${file}.${end}`, type, text())]),
  ];
  const buttons = all.map(([label, onclick]) => make("button", { type: "button", onclick }, label));
  return make("div", { class: "exports", role: "group", "aria-label": "Save what is shown" }, make("span", {}, "Save"), buttons);
}
