/* Where the reader is. The address is the state: `path` below the graph's base, and `values`, what follows the "?".

   Served, a place is an ordinary address; in a file it stands behind the "#". */

import { plain } from "./dom.js";

const page = document.documentElement.dataset;
const inFile = page.home === "file";
const root = page.root || "/";
const base = page.base || "";
const listeners = [];
const framed = inFile && location.protocol === "about:"; // in a frame of a notebook, which has no address of its own
const begun = `#/${page.start || ""}`;
let inside = begun;

/** @typedef {{path: string, values: Record<string, string>}} Place */

/** The place that the address of the page names. @returns {Place} */
export function here() {
  const told = inFile ? hash().replace(/^#\/?/, "") : location.pathname.slice(root.length) + location.search;
  const [path, query = ""] = parted(told);
  return { path: readable(path), values: Object.fromEntries(new URLSearchParams(query)) };
}

function hash() {
  return framed ? inside : location.hash || begun;
}

/** Have the address name a place. */
function put(target, replace) {
  if (framed) {
    inside = target;
    return;
  }
  if (!replace) history.replaceState({ scrolled: window.scrollY }, ""); // to which the way back leads
  history[replace ? "replaceState" : "pushState"](null, "", target);
}

function parted(text) {
  const at = text.indexOf("?");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function readable(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The address of a place, for links. Values that are empty are left out, the others stand in order. */
export function address(path, values = {}) {
  const told = Object.entries(values).filter(([, value]) => value !== "" && value !== undefined && value !== null);
  const query = new URLSearchParams(told.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  const written = path.split("/").map(encodeURIComponent).join("/").replace(/%(3A|40|2C|7E|21|28|29)/gi, decodeURIComponent);
  return (inFile ? "#/" : root) + written + (query && `?${query}`);
}

/** The path of a thing of the graph by its IRI; undefined where the IRI is not the graph's. */
export function pathOf(iri) {
  return base && iri.startsWith(base) ? iri.slice(base.length) : undefined;
}

/** The IRI of a path. */
export function iriOf(path) {
  return base + path;
}

/** Go to a place. `replace` leaves no step back to where the reader was (a filter that is being moved). */
export function go(path, values = {}, { replace = false } = {}) {
  const target = address(path, values);
  if (target === address(here().path, here().values)) return;
  put(target, replace);
  tell();
}

/** Change some values of the place where the reader is. */
export function change(values, options) {
  const at = here();
  go(at.path, { ...at.values, ...values }, options);
}

/** Keep values in the address without going anywhere: the view that calls this shows them already. */
export function note(values) {
  const at = here();
  put(address(at.path, { ...at.values, ...values }), true);
}

/** How far down the reader was when they were here; 0 where they were not. */
export function scrolled() {
  return (!framed && history.state?.scrolled) || 0;
}

/** The whole address, as it is given to others. */
export function whole() {
  return location.href;
}

/** Be told of each new place. */
export function listen(listener) {
  listeners.push(listener);
}

function tell() {
  for (const listener of listeners) listener(here());
}

function followed(event) {
  const link = event.target.closest?.("a[href]");
  const plainly = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!link || !plainly || link.target || link.hasAttribute("download") || !ours(link)) return;
  event.preventDefault();
  const target = link.getAttribute("href");
  if (target !== (inFile ? hash() : location.pathname + location.search + location.hash)) put(target, false);
  tell();
}

/** Whether the page itself shows what a link leads to: not files, nor what programs ask. */
function ours(link) {
  if (inFile) return link.getAttribute("href").startsWith("#/");
  if (link.origin !== location.origin || !link.pathname.startsWith(root)) return false;
  return !/^(api|dump|static|reconcile|\.well-known)(\/|$)|\.(ttl|jsonld|nt|json|csv)$/.test(link.pathname.slice(root.length));
}

/** Begin to follow links and the way back. */
export function begin() {
  document.addEventListener("click", followed);
  window.addEventListener(inFile ? "hashchange" : "popstate", tell);
  if (inFile) window.addEventListener("popstate", tell);
}

export const served = !inFile;
export { base, plain, root };
