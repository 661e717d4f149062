/* The search box: names, aliases and topics while one types; what is a question is asked. */

import { fill, make, plain } from "./dom.js";
import { word } from "./names.js";
import { go, here, listen, pathOf } from "./state.js";

const PAUSE = 80;
const MOST = 8;
const KEPT = 60;
const ASKING = /\b(who|whom|whose|what|which|where|when|why|how)\b/i;
const BEGINNING = /^(is|are|was|were|do|does|did|has|have|had|can|list|show|name|give|tell|count|find)\b/i;

/** Whether a text is a question rather than a name. */
export function isQuestion(text) {
  const asked = text.trim();
  if (asked.endsWith("?")) return asked.length > 1;
  return asked.split(/\s+/).length > 2 && (ASKING.test(asked) || BEGINNING.test(asked));
}

/** Make a form with a field a search box. */
export function searchBox(app, form) {
  const input = form?.querySelector("input");
  if (!input) return;
  const list = make("ul", { id: "hits", role: "listbox", "aria-label": "Things of this name", hidden: true });
  form.append(list);
  const roles = {
    role: "combobox",
    "aria-controls": "hits",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  const box = { app, input, list, hits: [], text: "", active: -1, turn: 0, timer: 0, kept: new Map() };
  input.addEventListener("input", () => typed(box));
  input.addEventListener("keydown", (event) => pressed(box, event));
  input.addEventListener("focus", () => input.value.trim() && typed(box));
  input.addEventListener("blur", () => close(box));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    entered(box);
  });
  document.addEventListener("keydown", (event) => slash(input, event));
  listen((place) => follow(box, place));
  follow(box, here());
}

function follow(box, place) {
  if (document.activeElement !== box.input || place.path === "find")
    box.input.value = place.path === "find" ? place.values.q || "" : "";
  close(box);
}

function slash(input, event) {
  const at = event.target;
  const writing = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  input.focus();
  input.select();
}

function typed(box) {
  clearTimeout(box.timer);
  const text = box.input.value.trim();
  box.turn += 1;
  if (!text) {
    close(box);
    return;
  }
  box.timer = setTimeout(() => look(box, text), box.kept.has(text) ? 0 : PAUSE);
}

/** Ask for what fits, and show it unless something else was typed meanwhile. */
async function look(box, text) {
  const mine = ++box.turn;
  let hits = [];
  try {
    hits = await asked(box, text);
  } catch {
    /* the question can still be asked */
  }
  if (mine !== box.turn || document.activeElement !== box.input) return;
  put(box, text, hits);
}

async function asked(box, text) {
  if (!box.kept.has(text)) {
    const { hits } = await box.app.source.search(text, { limit: MOST });
    if (box.kept.size >= KEPT) box.kept.delete(box.kept.keys().next().value);
    box.kept.set(text, hits);
  }
  return box.kept.get(text);
}

function put(box, text, hits) {
  Object.assign(box, { text, hits });
  const choose = (number) => ({
    onpointerdown: (event) => event.preventDefault(),
    onclick: () => chosen(box, number),
  });
  const entries = hits.map((hit, number) => entry(hit, number, choose(number)));
  const ask = make(
    "li",
    { id: `hit-${hits.length}`, role: "option", class: "asks", ...choose(hits.length) },
    "Ask: ",
    make("q", { dir: "auto" }, text),
  );
  fill(box.list, entries, ask);
  box.list.hidden = false;
  box.input.setAttribute("aria-expanded", "true");
  point(box, isQuestion(text) || !hits.length ? hits.length : 0);
  box.app.say(hits.length ? `${hits.length} found` : "Nothing of this name; Enter asks");
}

function entry(hit, number, handlers) {
  const other = plain(hit.matched || "") !== plain(hit.name) && hit.matched;
  return make(
    "li",
    { id: `hit-${number}`, role: "option", ...handlers },
    make("span", { class: `type type-${hit.kind}`, dir: "auto" }, hit.name),
    other && make("span", { class: "matched" }, " ", make("bdi", {}, other)),
    make("small", {}, ` ${word(hit.kind)}`, hit.summary && " · ", hit.summary && make("bdi", {}, hit.summary)),
  );
}

function point(box, number) {
  box.active = number;
  [...box.list.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === number)));
  const chosenOne = box.list.children[number];
  if (chosenOne) {
    box.input.setAttribute("aria-activedescendant", chosenOne.id);
    chosenOne.scrollIntoView({ block: "nearest" });
  } else box.input.removeAttribute("aria-activedescendant");
}

function close(box) {
  clearTimeout(box.timer);
  box.turn += 1;
  box.list.hidden = true;
  box.active = -1;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}

function pressed(box, event) {
  const open = !box.list.hidden;
  const most = box.list.children.length;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.isComposing) return;
  if (event.key in steps && open) point(box, (box.active + steps[event.key] + most) % most);
  else if (event.key === "ArrowDown" && box.input.value.trim()) look(box, box.input.value.trim());
  else if (event.key === "Escape" && open) close(box);
  else if (event.key === "Escape") box.input.value = "";
  else return;
  event.preventDefault();
}

function chosen(box, number) {
  const hit = box.hits[number];
  if (hit) leave(box, pathOf(hit.iri), {});
  else leave(box, "find", { q: box.text });
}

/** What Enter does: the entry that is pointed at, if the list is of what stands in the field; else as the text says. */
async function entered(box) {
  const text = box.input.value.trim();
  if (!text) return;
  if (!box.list.hidden && box.text === text && box.active >= 0) {
    chosen(box, box.active);
    return;
  }
  close(box);
  if (isQuestion(text)) {
    leave(box, "find", { q: text });
    return;
  }
  const hits = await asked(box, text).catch(() => []);
  if (box.input.value.trim() !== text) return;
  Object.assign(box, { text, hits });
  chosen(box, 0);
}

function leave(box, path, values) {
  close(box);
  box.input.blur();
  go(path ?? "find", path === undefined ? { q: box.text } : values);
}
