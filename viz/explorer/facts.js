/* What the sources say of a thing, by heading, ten at a time, each fact with its sentence. */

import { fill, make, painted } from "./dom.js";
import { basics, extras } from "./extras.js";
import { fact } from "./fact.js";
import { bar, passes, read, yearsOf } from "./filters.js";
import { grouped, headingOf } from "./groups.js";
import { Statements, WHOLE, merged } from "./statements.js";

const STEP = 10;
const FEW = 3;
const FILTERED = 12;
/** Of more statements than this the source does not tell the newest first. */
const UNORDERED = 5000;

/**
 * The facts of a thing, which fill themselves as they are read.
 *
 * @param {object} app
 * @param {object} entity as the source gave it, with its first page of statements
 * @param {{values: Record<string, string>}} place its filters are honoured
 * @param {{compact?: boolean}} options compact: for a narrow panel, a few of each heading and no filters
 * @returns {HTMLElement & {update: (place: object) => void, begun: Promise<void>, whole: Promise<void>}} `update` takes other
 *   filters, `begun` is done when the first facts are there, `whole` when all are
 */
export function facts(app, entity, place, { compact = false } = {}) {
  const element = make("div", { class: compact ? "what-is-said compact" : "what-is-said" });
  const holds = {
    controls: make("div"),
    more: make("div"),
    list: make("div", { class: "headings" }),
    note: make("p", { class: "reading", role: "status" }),
  };
  const state = {
    app,
    entity,
    compact,
    filters: read(place.values),
    place,
    statements: new Statements(app.source, entity),
    open: new Map(),
    turn: 0,
    ...holds,
  };
  element.append(...basics(entity).filter(Boolean), holds.controls, holds.note, holds.list, holds.more);
  const update = (to) => {
    state.place = to;
    state.filters = read(to.values);
    state.bar?.update(to);
    return shown(state);
  };
  const trouble = (error) => {
    holds.note.textContent = error.message;
  };
  const begun = shown(state).catch(trouble);
  const seen = begun.then(painted);
  const whole = (state.statements.complete ? begun : seen).then(() => ended(state)).catch(trouble);
  if (!compact) seen.then(() => more(state)).catch(() => {});
  return Object.assign(element, { update, begun, whole });
}

/** What comes after the facts; many numbers that take a while, so the facts are on the screen before. */
async function more(state) {
  const { app, entity, note } = state;
  const told = await extras(app, entity).catch(() => null);
  if (!told) return;
  fill(state.more, told);
  besides(state);
  if (!told.length && !entity.total && !entity.attributes.length) note.textContent = "No sentence says more of it.";
}

async function ended(state) {
  const { statements } = state;
  if (statements.small && !statements.complete) {
    await statements.all();
    await shown(state);
  }
  if (!state.compact && (state.entity.total > FILTERED || state.filters.any)) controls(state);
}

function controls(state) {
  const known = state.statements.list();
  const kinds = new Map();
  for (const { other } of known) if (other) kinds.set(other.kind, (kinds.get(other.kind) || 0) + 1);
  const years = known.map(yearsOf).filter(Boolean).flat();
  const span = years.length ? [Math.min(...years), Math.max(...years)] : null;
  const sources = [...new Set(known.map((statement) => statement.source))].sort();
  state.bar = bar(
    state.app,
    state.place,
    [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)),
    sources,
    span,
  );
  const details = make("details", { class: "filtering", open: state.filters.any }, make("summary", {}, "Filter"), state.bar);
  fill(state.controls, details);
}

/** What comes after the facts is hidden by its kind. */
function besides({ more, filters }) {
  for (const part of more.children) part.hidden = filters.hide.has(part.dataset.kind);
}

/** Show the headings; of very many statements those of each kind by the page, unless filters ask for a look at them. */
async function shown(state) {
  const { statements, filters, list } = state;
  const mine = ++state.turn;
  besides(state);
  const byKind = !statements.small && !filters.any;
  if (byKind) {
    const kinds = statements.kinds();
    const ordered = kinds.map((kind) => ({ ...kind, ...headingOf(state.entity, kind.kind) })).sort((a, b) => a.rank - b.rank);
    const groups = await Promise.all(ordered.map((kind) => paged(state, kind)));
    if (mine !== state.turn) return;
    fill(list, groups);
    state.note.textContent = statements.total > UNORDERED ? "So many sentences are in no order of time." : "";
    return;
  }
  const known = statements.small ? statements.list() : await statements.all();
  if (mine !== state.turn) return;
  const passed = known.filter((statement) => passes(filters, statement));
  const groups = grouped(state.entity, passed);
  fill(
    list,
    groups.map((group) => heading(state, group.title, merged(group.statements))),
  );
  const undated = filters.from || filters.until ? known.filter((statement) => !yearsOf(statement)).length : 0;
  state.note.textContent = noted(state, known.length, known.length - passed.length, undated);
}

function noted(state, known, hidden, undated) {
  const { statements } = state;
  const looked = statements.small
    ? ""
    : ` among the first ${known.toLocaleString("en")} of ${statements.total.toLocaleString("en")}`;
  const those = undated ? `, ${undated.toLocaleString("en")} of them without a year` : "";
  if (hidden) return `${hidden.toLocaleString("en")} hidden by filters${those}${looked}`;
  return statements.small
    ? ""
    : `The first ${WHOLE.toLocaleString("en")} of ${statements.total.toLocaleString("en")} were looked at`;
}

/** A heading with facts that are all here, ten at a time. */
function heading(state, title, all) {
  const most = state.compact ? FEW : STEP;
  const shownOf = () => state.open.get(title) || most;
  const entries = make("ul", { class: "facts" });
  const foot = make("p", { class: "more" });
  const put = (from) => {
    const end = Math.min(shownOf(), all.length);
    const added = all.slice(from, end).map((same) => fact(state.app, state.entity, same, state));
    entries.append(...added);
    fill(
      foot,
      all.length > end &&
        next(end, all.length, () => {
          state.open.set(title, end + STEP);
          put(end);
          focus(entries, end);
        }),
    );
  };
  put(0);
  return section(state, title, all.length, entries, foot);
}

/** A heading whose facts are fetched by the page. */
async function paged(state, kind) {
  const entries = make("ul", { class: "facts" });
  const foot = make("p", { class: "more" });
  const put = async (from) => {
    const got = await state.statements.ofKind(kind, from, from ? STEP : state.compact ? FEW : STEP);
    entries.append(...got.map((statement) => fact(state.app, state.entity, [statement], state)));
    const end = entries.children.length;
    fill(foot, got.length > 0 && kind.count > end && next(end, kind.count, () => put(end).then(() => focus(entries, end))));
  };
  await put(0);
  return section(state, kind.title, kind.count, entries, foot);
}

function section(state, title, number, ...children) {
  const level = state.compact ? "h3" : "h2";
  return make(
    "section",
    { class: "group" },
    make(level, {}, title, " ", make("small", { class: "number" }, number.toLocaleString("en"))),
    children,
  );
}

function next(shownNow, all, onclick) {
  const step = Math.min(STEP, all - shownNow);
  return [
    `${shownNow.toLocaleString("en")} of ${all.toLocaleString("en")} shown `,
    make("button", { type: "button", class: "small", onclick }, `${step} more`),
  ];
}

function focus(entries, at) {
  entries.children[at]?.querySelector("a, button")?.focus();
}
