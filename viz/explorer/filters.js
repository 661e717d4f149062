/* What is left out of sight: kinds of things, years, what is little sure, other sources. The graph, the table and the facts
   of a thing share these; they stand in the address (`hide`, `from`, `until`, `sure`, `source`). */

import { make } from "./dom.js";
import { several } from "./names.js";
import { change, here } from "./state.js";

const YEAR = /^(\d{4})/;
const LEAST = ["0.5", "0.6", "0.7", "0.8", "0.9"];
/** Facts that are told of an occasion, so that the day of the source is theirs. */
const OF_THE_DAY = new Set(["affiliation", "part in a talk", "topic of a talk"]);
const NAMES = ["hide", "from", "until", "sure", "source"];

/** @typedef {{hide: Set<string>, from: number, until: number, sure: number, source: string, any: boolean}} Filters */

/** The filters that the values of a place name. @returns {Filters} */
export function read(values) {
  const number = (text) => (text && Number.isFinite(Number(text)) ? Number(text) : 0);
  const hide = new Set((values.hide || "").split(",").filter(Boolean));
  const [from, until, sure] = [number(values.from), number(values.until), number(values.sure)];
  const source = values.source || "";
  return { hide, from, until, sure, source, any: Boolean(hide.size || from || until || sure || source) };
}

/** The first and last year that a fact names, or null; that of its source where the fact is of that day. */
export function yearsOf(fact) {
  const told = Object.fromEntries(fact.details || []);
  const year = (text) => (YEAR.exec(text || "") ? Number(YEAR.exec(text)[1]) : 0);
  const [start, end, date] = [year(told.start), year(told.end), year(told.date)];
  const first = start || date || end;
  if (first) return [first, end || date || start];
  const day = OF_THE_DAY.has(fact.kind) ? year(fact.as_of) : 0;
  return day ? [day, day] : null;
}

/** Whether a fact is to be seen. `kinds` are those of the things at its ends, where it does not carry its `other`. */
export function passes(filters, fact, kinds = fact.other ? [fact.other.kind] : []) {
  if (kinds.some((kind) => filters.hide.has(kind))) return false;
  if (filters.sure && (fact.confidence ?? 1) < filters.sure) return false;
  if (filters.source && fact.source !== filters.source) return false;
  if (!filters.from && !filters.until) return true;
  const years = yearsOf(fact);
  if (!years) return false;
  return (!filters.until || years[0] <= filters.until) && (!filters.from || years[1] >= filters.from);
}

/**
 * The controls of the filters; each changes the address.
 *
 * @param {object} app
 * @param {{values: Record<string, string>}} place
 * @param {[string, number][]} kinds kinds of things with how many of each there are
 * @param {string[]} sources names
 * @param {[number, number]|null} years the first and the last that is named
 * @returns {HTMLElement & {update: (place: object) => void}} `update` moves the controls to where another place has them
 */
export function bar(app, place, kinds, sources, years) {
  const toggles = kinds.map(([kind, count]) => toggle(kind, count));
  const span = years ? [year("from", "From", years, 0), year("until", "to", years, 1)] : [];
  const sure = choice("sure", "Confidence", [["", "any"], ...LEAST.map((least) => [least, `at least ${least}`])]);
  const source = choice("source", "Source", [["", "all"], ...sources.map((name) => [name, name])]);
  const none = make("button", { type: "button", class: "plain", onclick: () => change(cleared()) }, "Show all");
  const parts = [
    toggles.length > 0 &&
      make(
        "div",
        { class: "kinds", role: "group", "aria-label": "Kinds shown" },
        toggles.map((t) => t.element),
      ),
    span.length > 0 &&
      make(
        "div",
        { class: "years" },
        span.map((s) => s.element),
      ),
    sure.element,
    sources.length > 1 && source.element,
    none,
  ];
  const element = make("div", { class: "filters", role: "group", "aria-label": "Filters" }, parts);
  const update = (to) => {
    const filters = read(to.values);
    for (const control of [...toggles, ...span, sure, source]) control.update(filters);
    none.hidden = !filters.any;
  };
  update(place);
  return Object.assign(element, { update });
}

function cleared() {
  return Object.fromEntries(NAMES.map((name) => [name, ""]));
}

function toggle(kind, count) {
  const switched = () => {
    const { hide } = read(here().values);
    if (!hide.delete(kind)) hide.add(kind);
    change({ hide: [...hide].sort().join(",") });
  };
  const number = make("small", {}, count.toLocaleString("en"));
  const element = make("button", { type: "button", class: `type type-${kind}`, onclick: switched }, `${several(kind)} `, number);
  return { element, update: (filters) => element.setAttribute("aria-pressed", String(!filters.hide.has(kind))) };
}

function year(name, label, [first, last], end) {
  const set = () => {
    const told = Number(input.value);
    const whole = input.value && Number.isInteger(told) && told > 0 && told !== [first, last][end];
    change({ [name]: whole ? String(told) : "" });
  };
  const input = make("input", { type: "number", min: first, max: last, step: 1, inputmode: "numeric", onchange: set });
  const element = make("label", {}, `${label} `, input);
  const update = (filters) => {
    input.value = filters[name] || [first, last][end];
  };
  return { element, update };
}

function choice(name, label, options) {
  const select = make("select", { onchange: () => change({ [name]: select.value }) });
  for (const [value, text] of options) select.append(make("option", { value }, text));
  const update = (filters) => {
    const value = String(filters[name] || "");
    const known = [...select.options].some((option) => option.value === value);
    if (!known) select.append(make("option", { value }, value));
    select.value = value;
  };
  return { element: make("label", {}, `${label} `, select), update };
}
