/* Bars of years. */

import { make } from "./dom.js";

const FEW = 14;
const WIDE = 70;

/**
 * A bar for each year, those without anything too unless they were very many.
 *
 * @param {Map<number, number>} counts what stands in each year
 * @param {[number, number]} span the first and last year
 * @param {(year: number, number: number) => string} label what a bar says
 * @param {((year: number) => string)|null} target where a bar leads, if anywhere
 */
export function yearBars(counts, [first, last], label, target) {
  const every = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  const years = every.length > WIDE ? every.filter((year) => counts.get(year)) : every;
  const most = Math.max(...counts.values());
  return years.map((year) => one(year, counts.get(year) || 0, most, { all: years.length, label, target }));
}

function one(year, number, most, { all, label, target }) {
  const bar = make("span", { class: "bar" });
  bar.style.height = `${(100 * number) / most}%`;
  const inside = [make("span", { class: "room" }, bar), make("span", { class: "year", "aria-hidden": "true" }, year)];
  const told = all < FEW || year % 5 === 0 ? `told ${year % 10 === 0 ? "round" : ""}` : "";
  if (!number) return make("li", { class: `none ${told}` }, inside);
  const text = label(year, number);
  if (target) return make("li", { class: told }, make("a", { href: target(year), "aria-label": text, title: text }, inside));
  return make("li", { class: `alone ${told}`, title: text }, inside, make("span", { class: "hidden" }, text));
}
