/* The explorer: one page that shows a place after the other. */

import { fill, make } from "./dom.js";
import { local } from "./local.js";
import { remote } from "./remote.js";
import { nearby } from "./missing.js";
import { begin, go, here, iriOf, listen, scrolled, served } from "./state.js";
import { searchBox } from "./search.js";
import * as home from "./home.js";
import * as thing from "./thing.js";
import * as found from "./found.js";
import * as map from "./map.js";
import * as way from "./way.js";
import * as asked from "./asked.js";
import * as sparql from "./sparql.js";
import * as span from "./span.js";

const VIEWS = { "": home, find: found, map, way, queries: asked, sparql, text: span };
const source = served ? remote : local;
const stage = document.getElementById("main");
const voice = document.getElementById("voice");
let leave = null;
let turn = 0;

function viewOf(path) {
  if (path in VIEWS) return VIEWS[path];
  return path.startsWith("query/") ? asked : thing;
}

/* Each view offers `show(app, place, into)`, which fills `into` and may give a function that is called on leaving;
   where a view gives `update(place)` with it, a change of values of the same path goes there instead. */
const app = {
  source,
  served,
  /** The title of the page, said aloud too. */
  title(text) {
    document.title = text ? `${text} · ${document.documentElement.dataset.title}` : document.documentElement.dataset.title;
    voice.textContent = text;
  },
  /** Say something to those who do not see. */
  say(text) {
    voice.textContent = text;
  },
};

let shown = null;

async function show(place) {
  const mine = ++turn;
  if (shown && shown.path === place.path && shown.update) {
    shown.update(place);
    return;
  }
  const first = shown === null;
  const into = make("div", { class: "view" });
  const own = { ...app, begun: (page) => mine === turn && page === into && first && fill(stage, into) };
  const waiting = setTimeout(() => mine === turn && !first && stage.setAttribute("aria-busy", "true"), 150);
  let result;
  try {
    result = await viewOf(place.path).show(own, place, into);
  } catch (error) {
    if (mine !== turn) return;
    if (error.status === 404 && served && viewOf(place.path) === thing) {
      if (!first) return location.assign(location.href);
      if (!document.getElementById("refused")) return; // the server's own page of it is there
    }
    into.replaceChildren(trouble(error, place));
  } finally {
    clearTimeout(waiting);
  }
  if (mine !== turn) {
    if (result) (result.leave || result)();
    return;
  }
  if (leave) leave();
  leave = typeof result === "function" ? result : result?.leave || null;
  shown = { path: place.path, update: result?.update };
  stage.removeAttribute("aria-busy");
  if (into.parentNode !== stage) fill(stage, into);
  result?.shown?.();
  if (!first) {
    restored(scrolled());
    const heading = into.querySelector("h1");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  }
  document.documentElement.dataset.ready = place.path || "home";
}

/** Scroll to where the reader was, also where what stands there is still on its way. */
function restored(at) {
  window.scrollTo(0, at);
  if (window.scrollY >= at - 1) return;
  const growing = new ResizeObserver(() => {
    window.scrollTo(0, at);
    if (window.scrollY >= at - 1) end();
  });
  const end = () => {
    growing.disconnect();
    for (const event of ["wheel", "keydown", "pointerdown"]) window.removeEventListener(event, end);
  };
  for (const event of ["wheel", "keydown", "pointerdown"]) window.addEventListener(event, end, { passive: true });
  setTimeout(end, 3_000);
  growing.observe(stage);
}

function trouble(error, place) {
  if (error.status === 404) {
    app.title("Nothing of this name");
    return nearby(app, place, error.message);
  }
  app.title("This did not work");
  if (!error.status && error.name !== "Refused") console.error(error);
  const text = error.message || String(error);
  return make("section", { class: "trouble" },
    make("h1", {}, "This did not work"),
    make("p", {}, text),
    make("p", {}, make("button", { type: "button", onclick: () => { shown = null; show(place); } }, "Try again")));
}

function theme() {
  const button = document.getElementById("theme");
  const kept = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  const dark = () => {
    const set = document.documentElement.dataset.theme;
    return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const told = () => button?.setAttribute("aria-pressed", String(dark()));
  if (kept) document.documentElement.dataset.theme = kept;
  told();
  if (button) button.hidden = false;
  button?.addEventListener("click", () => {
    const next = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* a file may keep nothing */ }
    told();
    window.dispatchEvent(new Event("theme"));
  });
}

if (here().values.embed) document.documentElement.dataset.embed = "1";
theme();
searchBox(app, document.getElementById("search"));
begin();
listen(show);
document.documentElement.classList.add("alive");
show(here());
export { app, go, iriOf };
