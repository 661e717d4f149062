/* Talks on a topic year by year, with a mark where it takes a larger share of the talks than before. */

import { counted, make } from "./dom.js";
import { addressOf } from "./names.js";
import { Statements } from "./statements.js";
import { yearBars } from "./years.js";

const FEWEST = 2;
const RISE = 1.25;
const LATE = 3;

/** The years of a topic as a section; null where no talk on it has a date. */
export async function rising(app, entity) {
  const [own, home] = await Promise.all([app.served ? answered(app, entity) : along(app, entity), app.source.home()]);
  if (!own.size) return null;
  const all = new Map(home.years);
  const change = trend(own, all);
  const list = make("ol", { class: "bars few" }, bars(entity, own, all));
  const heading = make("h2", {}, "Talks by year", app.served && make("small", {}, " with those on narrower topics"));
  return make("section", { class: "group" }, heading, list, change && make("p", { class: "trend" }, change));
}

async function answered(app, entity) {
  const { rows } = await app.source.query("topic-by-year", { topic: entity.name, limit: 200 });
  return new Map(rows.map(({ cells }) => [Number(cells.year), Number(cells.talks)]));
}

/** The years of the talks that its sentences tell of. */
async function along(app, entity) {
  const talks = new Map();
  for (const { kind, other, as_of: day } of await new Statements(app.source, entity).all()) {
    if (kind === "topic of a talk" && other && day) talks.set(other.iri, Number(day.slice(0, 4)));
  }
  const years = new Map();
  for (const year of [...talks.values()].sort()) years.set(year, (years.get(year) || 0) + 1);
  return years;
}

function bars(entity, own, all) {
  const known = [...all.keys(), ...own.keys()];
  const label = (year, number) => `${year}: ${counted(number, "talk")} on ${entity.name}`;
  const target = (year) => addressOf(entity.iri, { from: year, until: year });
  return yearBars(own, [Math.min(...known), Math.max(...known)], label, target);
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
