/* One fact: what it says, its sentences with the words marked, where they stand, and what to write where it is wrong. */

import { copy, make, marked } from "./dom.js";
import { named, textOf } from "./names.js";
import { go, pathOf } from "./state.js";

const PLAIN = new Set(["role", "degree", "stage", "unit"]);
const PLACED = new Set(["affiliation", "position", "degree"]);
const SHORT = { field: "in", organization: "at", advisor: "with", by: "by" };
const DATES = new Set(["start", "end", "date"]);
const LOW = new Set(["score", "at talk"]);
const OF_THE_DAY = new Set(["part in a talk", "topic of a talk"]);
const NAMES = {
  affiliation: "affiliation",
  position: "position",
  degree: "education",
  advising: "advising",
  "award received": "award",
  membership: "membership",
  "part in a talk": "speaking",
  "topic of a talk": "topic",
};

/** When a fact was, in words; "" where no source says. */
export function when(statement) {
  const { start, end, date } = Object.fromEntries(statement.details);
  if (start && end) return start === end ? start : `${start}–${end}`;
  if (start) return `since ${start}`;
  if (end) return `until ${end}`;
  if (date) return date;
  return OF_THE_DAY.has(statement.kind) ? statement.as_of || "" : "";
}

/** The details of a fact that are no dates, as elements; on the page of a thing without what that page says anyway. */
export function details(statement, entity = null) {
  const told = statement.details.filter(
    ([word, value]) => !DATES.has(word) && !LOW.has(word) && !isUsual(statement, word, value, entity),
  );
  return [...object(statement, entity), ...told].map(([word, value]) =>
    make("span", { class: "detail", dir: "auto" }, worded(word, value)),
  );
}

/* On a page that is of neither end (of a talk, a field, a department) the object is told too. */
function object(statement, entity) {
  if (!entity || !statement.incoming || !statement.relation) return [];
  if (statement.kind === "advising") return entity.kind === "person" ? [] : [["by", statement.printed]];
  const isPlace = entity.kind === "organization";
  return PLACED.has(statement.kind) && !isPlace ? [["organization", statement.printed]] : [];
}

function worded(word, value) {
  if (PLAIN.has(word)) return value;
  return word in SHORT ? `${SHORT[word]} ${value}` : `${word}: ${value}`;
}

function isUsual(statement, word, value, entity) {
  if (statement.kind === "part in a talk" && word === "role") return value === "speaker";
  return entity !== null && value === entity.name;
}

/** A fact of a thing as an entry of a list; `same` are the statements that say it. */
export function fact(app, entity, same, { compact = false } = {}) {
  const [first, ...others] = same;
  const date = when(first);
  const target = first.other ? named(first.other) : make("span", { dir: "auto" }, first.printed);
  const more =
    others.length > 0 &&
    make(
      "details",
      { class: "others" },
      make("summary", {}, others.length === 1 ? "one more sentence says so" : `${others.length} more sentences say so`),
      others.map((statement) => quoted(app, entity, statement, compact)),
    );
  return make(
    "li",
    { class: "fact" },
    make(
      "p",
      { class: "said" },
      make("span", { class: "what" }, target, details(first, entity)),
      date && make("time", { class: "when" }, date),
    ),
    quoted(app, entity, first, compact),
    more,
  );
}

/** A sentence with its words marked, and where it stands. */
function quoted(app, entity, statement, compact) {
  const target = textOf(statement.id);
  const opened = (event) => {
    if (!String(getSelection()) && !event.target.closest("a")) go("text", { of: pathOf(statement.id) ?? statement.id });
  };
  const quote = make(
    "blockquote",
    { dir: "auto", title: "Open the source here", onclick: opened },
    marked(statement.sentence, statement.printed),
  );
  const place = make("a", { class: "place", href: target }, `${statement.source}, ${statement.start}–${statement.end}`);
  const told = [
    `confidence ${statement.confidence.toFixed(2)}`,
    !compact && statement.rule,
    statement.as_of && `as of ${statement.as_of}`,
    !compact && low(statement),
  ];
  const wrong = NAMES[statement.kind] && !compact && doubt(app, entity, statement);
  return [
    quote,
    make(
      "p",
      { class: "source" },
      place,
      told.filter(Boolean).map((text) => ` · ${text}`),
      wrong && make("span", { class: "wrong-part" }, " · ", wrong.button),
    ),
    wrong && wrong.box,
  ];
}

function low(statement) {
  return statement.details
    .filter(([word]) => LOW.has(word) && statement.kind !== "affiliation")
    .map(([word, value]) => `${word} ${value}`)
    .join(", ");
}

/** A button that shows what to put into the corrections file. */
function doubt(app, entity, statement) {
  const box = make("div", { class: "doubt", hidden: true });
  const button = make("button", { type: "button", class: "plain wrong-button", "aria-expanded": "false" }, "wrong?");
  button.addEventListener("click", () => {
    if (!box.firstChild) box.append(...correction(app, entity, statement));
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
  });
  return { button, box };
}

function correction(app, entity, statement) {
  const [subject, kind, object] = told(entity, statement);
  const today = new Date().toISOString().slice(0, 10);
  const entry = `[[drop]]\nsubject = ${quote(subject)}\nfact = ${quote(kind)}\nobject = ${quote(object)}\non = ${today}\n`;
  const command = `kg correct drop ${shell(subject)} ${kind} ${shell(object)}`;
  const one = (text, label) => {
    const button = make("button", { type: "button", class: "small" }, "Copy");
    button.addEventListener("click", async () => {
      button.textContent = (await copy(text)) ? "Copied" : "Not allowed here";
      app.say(button.textContent);
    });
    return make("div", {}, make("p", {}, label, " ", button), make("pre", { tabindex: 0, dir: "ltr" }, text));
  };
  return [
    one(entry, "At the end of corrections.toml in the graph's folder:"),
    one(command, "or on the command line (add -g DIR where the graph is not in talks.kg):"),
    make("p", {}, "Then build again. The fact is gone from all answers; what was read stays on record, as withdrawn."),
  ];
}

/** Subject, fact and object as the corrections file names them. */
function told(entity, statement) {
  const subject = statement.incoming && statement.other ? statement.other.name : entity.name;
  const printed = statement.printed.replace(/\s+/g, " ").trim();
  return [subject, NAMES[statement.kind], printed || statement.other?.name || entity.name];
}

/** A basic string of TOML. */
function quote(text) {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  const hidden = /[\p{C}\u2028\u2029]/gu;
  return `"${escaped.replace(hidden, (c) => `\\U${c.codePointAt(0).toString(16).toUpperCase().padStart(8, "0")}`)}"`;
}

function shell(text) {
  return /^[\w.,@%+=:/ -]+$/.test(text) && !text.startsWith("-") ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
