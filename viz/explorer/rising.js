/* Talks on a topic year by year, with a mark where it takes a larger share of the talks than before. */

import { counted, make } from "./dom.js";
import { address } from "./state.js";

const FEWEST = 2;
const RISE = 1.25;
const LATE = 3;

/** The years of a topic as a section; null where no talk on it has a date. */
export async function rising(app, entity) {
  const [own, all] = await Promise.all([yearly(app, "topic-by-year", { topic: entity.name }), yearly(app, "talks-per-year", {})]);
  if (!own.size) return null;
  const change = trend(own, all);
  const list = make("ol", { class: "bars few" }, bars(own, all, entity.name));
  return make(
    "section",
    { class: "group" },
    make("h2", {}, "Talks by year"),
    list,
    change && make("p", { class: "trend" }, change),
  );
}

async function yearly(app, name, values) {
  const { rows } = await app.source.query(name, { ...values, limit: 200 });
  return new Map(rows.map(({ cells }) => [Number(cells.year), Number(cells.talks)]));
}

function bars(own, all, topic) {
  const known = [...all.keys(), ...own.keys()];
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const most = Math.max(...own.values());
  return Array.from({ length: last - first + 1 }, (_, step) => {
    const [year, number] = [first + step, own.get(first + step) || 0];
    const bar = make("span", { class: "bar" });
    bar.style.height = `${(100 * number) / most}%`;
    const label = `${year}: ${counted(number, "talk")} on ${topic}`;
    const inside = [make("span", { class: "room" }, bar), make("span", { class: "year", "aria-hidden": "true" }, year)];
    const told = last - first < 14 || year % 5 === 0 ? `told ${year % 10 === 0 ? "round" : ""}` : "";
    if (!number) return make("li", { class: `none ${told}` }, inside);
    return make(
      "li",
      { class: told },
      make("a", { href: address("query/topics-in-year", { year }), "aria-label": label, title: label }, inside),
    );
  });
}

/** How its share of the dated talks changed, in words; "" where there are too few. */
function trend(own, all) {
  const last = Math.max(...all.keys());
  const since = last - LATE + 1;
  const sum = (counts, wanted) => [...counts].reduce((total, [year, number]) => total + (wanted(year) ? number : 0), 0);
  const [late, early] = [(year) => year >= since, (year) => year < since];
  const [talks, talksBefore] = [sum(all, late), sum(all, early)];
  const [here, before] = [sum(own, late), sum(own, early)];
  if (!talks || !talksBefore || here + before < FEWEST) return "";
  const [share, shareBefore] = [here / talks, before / talksBefore];
  const percent = (number) => `${(100 * number).toFixed(1)}%`;
  const told = `${percent(share)} of the talks since ${since}, ${percent(shareBefore)} before`;
  if (here >= FEWEST && share > shareBefore * RISE) return `▲ Rising: ${told}`;
  return shareBefore > share * RISE && before >= FEWEST ? `▼ Falling: ${told}` : `Steady: ${told}`;
}
