/* The things a reader visited, in the order of the visits; kept as long as the tab is open. */

import { fill, make } from "./dom.js";
import { address } from "./state.js";

const KEY = "trail";
const MOST = 12;

function kept() {
  try {
    const told = JSON.parse(sessionStorage.getItem(KEY) || "[]");
    return Array.isArray(told) ? told.filter((one) => typeof one?.path === "string" && typeof one.name === "string") : [];
  } catch {
    return []; // a page may be allowed to keep nothing
  }
}

/** Note a visit. */
export function visited(path, name, kind) {
  const trail = kept();
  if (trail[trail.length - 1]?.path === path) return;
  const next = [...trail.filter((one) => one.path !== path), { path, name, kind }].slice(-MOST);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch { /* nothing is kept, then */ }
}

/** The trail as links to pictures; null where there is none yet but for the thing itself. */
export function trail(path) {
  const before = kept().filter((one) => one.path !== path);
  if (!before.length) return null;
  const links = before.map(({ path: to, name, kind }) => make("li", {},
    make("a", { class: `type type-${kind}`, href: address(to, { view: "graph" }), dir: "auto" }, name)));
  return fill(make("nav", { class: "trail", "aria-label": "Visited" }), make("h3", {}, "Visited"), make("ol", {}, links));
}
