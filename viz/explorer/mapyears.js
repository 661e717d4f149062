/* The years of a map: two handles over bars, moved by pointer and keys, and a button that lets time pass. */

import { draw, fill, make } from "./dom.js";

const PACE = 900;

/** A bar of years; `moved({from, until})` is told each change. */
export function yearBar(scene, moved) {
  const [first, last] = scene.chart.years;
  if (first === null || first === last) return { element: make("div"), set() {}, stop() {} };
  const span = last - first + 1;
  const now = { from: first, until: last };
  let timer = 0;

  const handle = (name, label) => make("input", {
    type: "range", min: first, max: last, step: 1, value: now[name], "aria-label": label,
    oninput: (event) => {
      stop();
      put(name, Number(event.target.value));
    },
  });
  const handles = { from: handle("from", "From year"), until: handle("until", "Until year") };
  for (const one of Object.values(handles)) { // a handle stands in the middle of its year's bar
    one.style.left = `calc(${50 / span}% - 8px)`;
    one.style.width = `calc(${100 - 100 / span}% + 16px)`;
  }
  const said = make("output", { class: "years-said" });
  const most = Math.max(1, ...scene.talks.map(([, count]) => count));
  const columns = scene.talks.map(([year, count]) => draw("rect", { x: year - first + 0.1, width: 0.8, y: 1 - count / most, height: count / most }));
  const chart = draw("svg", { class: "bars", viewBox: `0 0 ${span} 1`, preserveAspectRatio: "none", "aria-hidden": "true" }, columns);
  const play = make("button", { type: "button", class: "play", "aria-label": "Let the years pass", onclick: () => (timer ? stop() : start()) }, "▶");
  const every = make("button", { type: "button", class: "plain", onclick: () => {
    stop();
    Object.assign(now, { from: first, until: last });
    told();
  } }, "all years");

  function put(name, value) {
    now[name] = value;
    if (now.from > now.until) now[name === "from" ? "until" : "from"] = value;
    told();
  }

  function told() {
    show();
    moved({ ...now });
  }

  function show() {
    handles.from.value = now.from;
    handles.until.value = now.until;
    fill(said, now.from === now.until ? String(now.from) : `${now.from} to ${now.until}`);
    columns.forEach((column, index) => column.setAttribute("class", first + index >= now.from && first + index <= now.until ? "in" : "out"));
    every.hidden = now.from === first && now.until === last;
  }

  /** A window of years goes from the first to the last; where all are shown it is a sixth of them. */
  function start() {
    const whole = now.from === first && now.until === last;
    const wide = whole ? Math.max(1, Math.round(span / 6)) : now.until - now.from + 1;
    if (whole || now.until === last) Object.assign(now, { from: first, until: Math.min(last, first + wide - 1) });
    told();
    mark(true);
    timer = setInterval(() => {
      if (now.until >= last) {
        stop();
        return;
      }
      now.from += 1;
      now.until += 1;
      told();
    }, PACE);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    mark(false);
  }

  function mark(runs) {
    play.textContent = runs ? "❚❚" : "▶";
    play.setAttribute("aria-label", runs ? "Stop" : "Let the years pass");
  }

  show();
  const element = make("div", { class: "years", role: "group", "aria-label": "Years" },
    play, make("div", { class: "years-range" }, chart, handles.from, handles.until), make("div", { class: "years-words" }, said, every));
  return {
    element,
    stop,
    set({ from, until }) {
      if (from === now.from && until === now.until) return;
      stop();
      Object.assign(now, { from, until });
      show();
    },
  };
}
