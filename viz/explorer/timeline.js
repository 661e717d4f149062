/* What happened when: the career of a person, the people of an institution, the talks on a topic. A list that looks like a picture,
   so that it says the same to those who do not see. */

import { fill, make } from "./dom.js";
import { details, when } from "./fact.js";
import { passes, read, yearsOf } from "./filters.js";
import { named, textOf } from "./names.js";
import { rising } from "./rising.js";
import { Statements, merged } from "./statements.js";

const STEP = 20;
const FADE = 2;
const EDGE = 4;
/** Kinds of facts that hold when the source speaks. */
const LASTING = new Set(["affiliation", "membership"]);
const LANES = {
  person: [
    ["Posts", ["affiliation", "position"], false],
    ["Education", ["degree"], false],
    ["Advisors", ["advising"], false],
    ["Awards", ["award received"], false],
    ["Memberships", ["membership"], false],
    ["Talks", ["part in a talk"], true],
    ["Students", ["advising", "degree"], true],
  ],
  organization: [
    ["People", ["affiliation", "position"], true],
    ["Alumni", ["degree"], true],
    ["Members", ["membership"], true],
  ],
  topic: [["Talks", ["topic of a talk"], true]],
};

/** Show the timeline of a thing. */
export async function show(app, place, into, entity) {
  const statements = await new Statements(app.source, entity).all();
  const body = make("div", { class: "timeline" });
  if (entity.kind === "topic") {
    const years = await rising(app, entity).catch(() => null);
    if (years) into.append(years);
  }
  into.append(body);
  const open = new Map();
  const update = (to) => put(app, entity, statements, body, read(to.values), open);
  update(place);
  return { update };
}

function put(app, entity, statements, body, filters, open) {
  const own = statements.filter((statement) => isOf(entity.kind, statement));
  const passed = own.filter((statement) => passes(filters, statement));
  const hidden = own.length - passed.length;
  const dated = passed.map(spanOf).filter(Boolean);
  const cut =
    entity.total > statements.length &&
    `The first ${statements.length.toLocaleString("en")} of ${entity.total.toLocaleString("en")} sentences. `;
  const note = make(
    "p",
    { class: "reading", role: "status" },
    cut,
    hidden > 0 && `${hidden.toLocaleString("en")} hidden by filters`,
  );
  const undated = without(
    passed.filter((statement) => !spanOf(statement)),
    open,
  );
  if (!dated.length) {
    fill(body, note, make("p", {}, "No fact of it has a year."), undated);
    return;
  }
  const scale = scaled(Math.min(...dated.map((span) => span.first)), Math.max(...dated.map((span) => span.last)));
  const lanes = (LANES[entity.kind] || []).map((lane) => laid(lane, passed, scale, open));
  fill(body, note, axis(scale), lanes, undated);
}

function isOf(kind, statement) {
  return (LANES[kind] || []).some(([, kinds, incoming]) => kinds.includes(statement.kind) && incoming === statement.incoming);
}

/** From when to when a fact is drawn, and which of its ends no source tells; null where there is no year. */
function spanOf(statement) {
  const told = Object.fromEntries(statement.details);
  const years = yearsOf(statement);
  if (!years) return null;
  const [first, last] = years;
  if (told.start && told.end) return { first, last: last + 1, point: false };
  const seen = Number((statement.as_of || "").slice(0, 4)) || 0;
  if (told.start) return { first, last: Math.max(first + 1, LASTING.has(statement.kind) ? seen + 1 : 0), after: true };
  if (told.end) return { first: last, last: last + 1, before: true };
  if (statement.kind === "affiliation") return { first, last: last + 1, before: true, after: true };
  return { first, last: first + 1, point: true };
}

/** The day that a fact names, as text; its year where no day is told. */
function dayOf(statement) {
  const { start, date, end } = Object.fromEntries(statement.details);
  return start || date || end || statement.as_of || "";
}

/** A day as a number of years; the middle of a year where no more is told. */
function moment(day, year) {
  const [, month, date] = day.split("-").map(Number);
  return month ? year + (month - 1) / 12 + ((date || 15) - 1) / 366 : year + 0.5;
}

/** Places in percent, from the first year to behind the last, with room for ends that fade. */
function scaled(first, last) {
  const [from, to] = [first - FADE, last + FADE];
  const step = [1, 2, 5, 10, 20, 50].find((size) => (to - from) / size <= 9) || 100;
  const ticks = [];
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) ticks.push(year);
  return { at: (year) => (100 * (year - from)) / (to - from), ticks };
}

function axis(scale) {
  const inside = scale.ticks.filter((year) => scale.at(year) > EDGE && scale.at(year) < 100 - EDGE);
  const marks = inside.map((year) => {
    const mark = make("span", {}, year);
    mark.style.insetInlineStart = `${scale.at(year)}%`;
    return mark;
  });
  return make("div", { class: "axis", "aria-hidden": "true" }, make("div", { class: "track" }, marks));
}

function laid([title, kinds, incoming], statements, scale, open) {
  const own = merged(statements.filter((s) => kinds.includes(s.kind) && s.incoming === incoming && spanOf(s)));
  const facts = own.sort((a, b) => spanOf(a[0]).first - spanOf(b[0]).first || (dayOf(a[0]) < dayOf(b[0]) ? -1 : 1));
  if (!facts.length) return null;
  const list = make("ol", {});
  const foot = make("p", { class: "more" });
  const add = (from) => {
    const end = Math.min(open.get(title) || STEP, facts.length);
    list.append(...facts.slice(from, end).map((same) => row(same, scale)));
    const more = () => {
      open.set(title, end + STEP);
      add(end);
      list.children[end]?.querySelector("a")?.focus();
    };
    fill(
      foot,
      end < facts.length && [
        `${end} of ${facts.length.toLocaleString("en")} shown `,
        make("button", { type: "button", class: "small", onclick: more }, `${Math.min(STEP, facts.length - end)} more`),
      ],
    );
  };
  add(0);
  return make(
    "section",
    { class: "lane" },
    make("h2", {}, title, " ", make("small", { class: "number" }, facts.length.toLocaleString("en"))),
    list,
    foot,
  );
}

/** The span of statements that say the same of several days. */
function unionOf(same) {
  const spans = same.map(spanOf).filter(Boolean);
  const [first, last] = [Math.min(...spans.map((span) => span.first)), Math.max(...spans.map((span) => span.last))];
  return { ...spanOf(same[0]), ...(spans.length > 1 && { first, last, point: spans.every((span) => span.point) }) };
}

/** When statements that say the same were, in words. */
function whenOf(same, span) {
  const words = when(same[0]);
  if (words || !same[0].as_of) return words;
  return span.last - span.first > 1 ? `as of ${span.first}–${span.last - 1}` : `as of ${span.first}`;
}

function row(same, scale) {
  const [statement] = same;
  const span = unionOf(same);
  const words = whenOf(same, span);
  const other = statement.other ? named(statement.other) : make("span", { dir: "auto" }, statement.printed);
  return make(
    "li",
    {},
    make("span", { class: "what" }, other, details(statement)),
    make("a", { class: "when", href: textOf(statement.id), title: statement.sentence }, words),
    make("span", { class: "track", "aria-hidden": "true" }, stroke(statement, span, scale)),
  );
}

function stroke(statement, span, scale) {
  const kind = statement.kind === "award received" ? "award" : statement.other?.kind || "organization";
  const ends = [span.point && "point", span.before && "before", span.after && "after"].filter(Boolean);
  const bar = make("span", { class: ["stroke", `of-${kind}`, ...ends].join(" ") });
  const [first, last] = [span.first - (span.before ? FADE : 0), span.last + (span.after ? FADE : 0)];
  bar.style.insetInlineStart = `${scale.at(span.point ? moment(dayOf(statement), first) : first)}%`;
  if (!span.point) bar.style.width = `${scale.at(last) - scale.at(first)}%`;
  return bar;
}

function without(statements, open) {
  const facts = merged(statements);
  if (!facts.length) return null;
  const list = make("ul", { class: "undated" });
  const shown = Math.min(open.get("") || STEP, facts.length);
  const one = ([first]) =>
    make(
      "li",
      {},
      first.other ? named(first.other) : first.printed,
      details(first),
      " ",
      make("a", { class: "when", href: textOf(first.id), title: first.sentence }, "source"),
    );
  list.append(...facts.slice(0, shown).map(one));
  const foot =
    shown < facts.length &&
    make(
      "p",
      { class: "more" },
      `${shown} of ${facts.length.toLocaleString("en")} shown `,
      make(
        "button",
        {
          type: "button",
          class: "small",
          onclick: (event) => {
            list.append(...facts.slice(shown).map(one));
            event.target.parentElement.remove();
          },
        },
        "all",
      ),
    );
  return make(
    "section",
    { class: "lane" },
    make("h2", {}, "Without a year ", make("small", { class: "number" }, facts.length)),
    list,
    foot,
  );
}
