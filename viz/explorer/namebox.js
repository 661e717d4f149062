/* A box that completes the name of a thing while it is written. */

import { fill, make } from "./dom.js";
import { word } from "./names.js";

const SHOWN = 8;
const PATIENCE = 120;
let boxes = 0;

/**
 * A labelled box (a combobox of ARIA): arrows move, Enter takes, Escape closes.
 *
 * @param {object} app
 * @param {{label: string, name?: string, value?: string, kind?: string|null, hint?: string, comment?: string,
 *   taken?: (hit: object) => void, written?: () => void}} options `kind`: of things that are offered, undefined for none
 * @returns {HTMLElement & {input: HTMLInputElement, first: () => Promise<object|undefined>}}
 */
export function nameBox(app, options) {
  const id = `box${++boxes}`;
  const list = make("ul", { id: `${id}-list`, role: "listbox", "aria-label": options.label, hidden: true });
  const input = make("input", {
    id,
    name: options.name,
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 500,
    dir: "auto",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    placeholder: options.hint,
  });
  input.value = options.value || "";
  const state = { hits: [], at: -1, turn: 0, timer: 0 };
  const box = { app, options, id, list, input, state };
  input.addEventListener("input", () => {
    options.written?.();
    clearTimeout(state.timer);
    state.timer = setTimeout(() => offer(box), PATIENCE);
  });
  input.addEventListener("keydown", (event) => pressed(box, event));
  input.addEventListener("blur", () => setTimeout(() => close(box), 150));
  const comment = options.comment && make("small", {}, options.comment);
  const element = make("div", { class: "namebox" }, make("label", { for: id }, options.label, " ", comment), input, list);
  return Object.assign(element, { input, first: () => first(box) });
}

async function first(box) {
  const { hits } = await box.app.source.search(box.input.value.trim(), { kind: box.options.kind, limit: 1 });
  return hits[0];
}

async function offer(box) {
  const { app, input, state, options } = box;
  const asked = input.value.trim();
  const mine = ++state.turn;
  if (!asked) return close(box);
  let hits = [];
  try {
    ({ hits } = await app.source.search(asked, { kind: options.kind, limit: SHOWN }));
  } catch {
    hits = [];
  }
  if (mine !== state.turn || document.activeElement !== input) return;
  Object.assign(state, { hits, at: -1 });
  fill(
    box.list,
    hits.map((hit, i) => option(box, hit, i)),
  );
  box.list.hidden = hits.length === 0;
  input.setAttribute("aria-expanded", String(hits.length > 0));
  input.removeAttribute("aria-activedescendant");
}

function option(box, hit, i) {
  const more = [word(hit.kind), hit.matched !== hit.name && `also ${hit.matched}`, hit.summary].filter(Boolean).join(" · ");
  const attributes = {
    id: `${box.id}-${i}`,
    role: "option",
    "aria-selected": "false",
    onmousedown: (event) => {
      event.preventDefault();
      take(box, i);
    },
  };
  return make(
    "li",
    attributes,
    make("span", { class: `type type-${hit.kind}`, dir: "auto" }, hit.name),
    " ",
    make("small", { dir: "auto" }, more),
  );
}

function pressed(box, event) {
  const { state, list } = box;
  const open = !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!open) offer(box);
    else move(box, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && open && state.at >= 0) {
    event.preventDefault();
    take(box, state.at);
  } else if (event.key === "Escape" && open) {
    event.preventDefault();
    close(box);
  }
}

function move(box, step) {
  const { state, list, input } = box;
  const count = state.hits.length;
  state.at = (state.at + step + count + (state.at < 0 && step < 0 ? 1 : 0)) % count;
  for (const [i, element] of [...list.children].entries()) element.setAttribute("aria-selected", String(i === state.at));
  input.setAttribute("aria-activedescendant", `${box.id}-${state.at}`);
  list.children[state.at].scrollIntoView({ block: "nearest" });
}

function take(box, i) {
  const hit = box.state.hits[i];
  box.input.value = hit.name;
  close(box);
  box.options.taken?.(hit);
}

function close({ list, input, state }) {
  state.turn++;
  clearTimeout(state.timer);
  list.hidden = true;
  state.at = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
