/* How two things hang together: the shortest ways between them, each step with its sentence; then both side by side. */

import { compared } from "./compare.js";
import { copy, counted, draw, fill, make, marked, unfolded } from "./dom.js";
import { nameBox } from "./namebox.js";
import { placeLink, thingLink } from "./iris.js";
import { go, iriOf, pathOf, whole } from "./state.js";

const STEP = 175;
const LINE = 18;
const AT_ONCE = 200;
const SHAPES = { organization: "square", award: "star", topic: "diamond", talk: "triangle", series: "triangle", unit: "square" };

/** Show it. */
export async function show(app, place, into) {
  const { one, other } = place.values;
  const ends = await Promise.all([one, other].map((path) => (path ? named(app, path) : null)));
  const names = ends.map((end) => end?.name);
  const title = names[0] && names[1] ? `How ${names[0]} and ${names[1]} are connected` : "How two things are connected";
  app.title(title);
  const missing = [one, other].filter((path, i) => path && !ends[i]);
  const unknown = missing.map((path) => make("p", { class: "wrong", dir: "auto" }, `The graph has nothing at ${path}.`));
  const found = ends[0] && ends[1] ? await Promise.all([ways(app, ends), both(app, ends)]) : HINT();
  fill(into, make("h1", { dir: "auto" }, title), form(app, place, ends), unknown, found);
  return unfolded(into);
}

/** Both side by side; of what very much is told the ways do not wait for it. */
async function both(app, ends) {
  const slot = make("div");
  const filled = compared(app, ends).then((told) => fill(slot, told)).catch((error) => fill(slot, make("p", { class: "wrong" }, error.message)));
  if (ends.every(({ total }) => total <= AT_ONCE)) await filled;
  return slot;
}

const HINT = () =>
  make(
    "p",
    { class: "none" },
    "Choose two names. You get the shortest ways between them, each step with the sentence that says it, ",
    "and what is known of both side by side.",
  );

/** A button that copies the address. */
function link(app) {
  const button = make("button", { type: "button", class: "small" }, "Copy link");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(whole())) ? "Link copied" : "Not allowed here";
    app.say(button.textContent);
  });
  return button;
}

async function named(app, path) {
  try {
    return await app.source.entity(iriOf(path), { limit: 1 });
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

function form(app, place, ends) {
  const picked = ends.map((end) => end && { iri: end.iri, name: end.name });
  const both = () => picked[0] && picked[1];
  const reach = () => go("way", { ...place.values, one: pathOf(picked[0].iri), other: pathOf(picked[1].iri) });
  const trouble = make("p", { class: "wrong", role: "alert", hidden: true });
  const box = (label, i) =>
    nameBox(app, {
      label,
      value: ends[i]?.name,
      hint: "a person, a topic, an institution ...",
      written: () => {
        picked[i] = null;
      },
      taken: (hit) => {
        picked[i] = hit;
        if (both()) reach();
        else boxes[1 - i].input.focus();
      },
    });
  const boxes = [box("From", 0), box("To", 1)];
  const submitted = async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    for (const [i, one] of boxes.entries()) {
      const text = one.input.value.trim();
      if (!picked[i] && text) picked[i] = await one.first().catch(() => null);
      if (!picked[i]) {
        fill(trouble, text ? `Nothing has the name "${text}".` : "Two names are needed.");
        trouble.hidden = false;
        return one.input.focus();
      }
    }
    return reach();
  };
  const swap = make(
    "button",
    { type: "button", onclick: () => go("way", { ...place.values, one: place.values.other, other: place.values.one }) },
    "Swap",
  );
  return [
    make(
      "form",
      { class: "parameters way", "aria-label": "Two things", onsubmit: submitted },
      boxes[0],
      swap,
      boxes[1],
      make("button", {}, "Connect"),
    ),
    trouble,
  ];
}

async function ways(app, [one, other]) {
  if (one.iri === other.iri) return make("p", {}, "These are one and the same thing.");
  const told = await app.source.path(one.iri, other.iri);
  if (!told.ways.length) {
    app.say("No way found");
    return make(
      "section",
      { class: "none" },
      make(
        "p",
        {},
        "No way is known: not within six steps, or only over things that nearly everything is tied to, ",
        "such as a large institution.",
      ),
      make("p", {}, "What each of them is tied to: ", thingLink(one), ", ", thingLink(other), "."),
    );
  }
  const steps = told.ways[0].length;
  const which = told.ways.length === 1 ? "The shortest way has" : `The ${told.ways.length} shortest ways have`;
  const summary = `${which} ${counted(steps, "step")}.`;
  app.say(summary);
  return [make("p", { class: "rests" }, summary, " ", link(app)), told.ways.map((way, i) => section(told.ways, way, i))];
}

function section(all, way, i) {
  const heading = all.length > 1 && make("h2", {}, `Way ${i + 1}`);
  return make("section", { class: "one-way" }, heading, chain(way), make("ol", { class: "steps" }, way.map(step)));
}

/** A step in words, with its sentence and where that stands. */
function step(one) {
  const [subject, object] = one.direction === "out" ? [one.from, one.to] : [one.to, one.from];
  const said = make("p", {}, thingLink(subject), " ", make("span", { class: "relation" }, one.label), " ", thingLink(object));
  if (!one.sentence)
    return make("li", {}, said, make("p", { class: "source" }, "No sentence of this is kept: the listing itself says it."));
  const quote = make("blockquote", { dir: "auto" }, marked(one.sentence, wordsOf(one)));
  return make(
    "li",
    {},
    said,
    quote,
    make("p", { class: "source" }, one.claim ? placeLink(one.claim, one.source || "open the source") : one.source),
  );
}

/** The words of a sentence that name an end of the step: those that were printed, else a name that stands there. */
function wordsOf(one) {
  return [one.printed, one.to.name, one.from.name].find((words) => words && one.sentence.includes(words));
}

/** The way as a small picture; the list beneath says the same. */
function chain(way) {
  const things = [way[0].from, ...way.map((one) => one.to)];
  const wide = STEP * things.length;
  const at = (i) => STEP / 2 + i * STEP;
  const links = way.map((one, i) => tie(one, at(i), at(i + 1)));
  const nodes = things.map((thing, i) => node(thing, at(i)));
  const label = `The way in a picture: ${things.map((thing) => thing.name).join(", ")}`;
  const picture = draw(
    "svg",
    { class: "chain", viewBox: `0 0 ${wide} 112`, width: wide, height: 112, role: "img", "aria-label": label },
    links,
    nodes,
  );
  return make("div", { class: "chain-around", tabindex: 0, role: "region", "aria-label": "Picture of the way" }, picture);
}

function tie(one, start, end) {
  const back = one.direction === "in";
  const [tip, dash] = [back ? start + 13 : end - 13, /advis/i.test(one.relation) ? "5 4" : null];
  const side = back ? 8 : -8;
  const lines = wrapped(one.label, 20).slice(0, 2);
  return draw(
    "g",
    { class: "tie" },
    draw("line", { x1: start + 12, x2: end - 12, y1: 50, y2: 50, "stroke-dasharray": dash }),
    draw("path", { d: `M${tip} 50l${side} -5v10z` }),
    lines.map((text, i) => draw("text", { x: (start + end) / 2, y: 38 - (lines.length - 1 - i) * 14 }, text)),
  );
}

function node(thing, x) {
  const lines = wrapped(thing.name, 24);
  const kept = lines.length > 2 ? [lines[0], `${lines[1]} …`] : lines;
  return draw(
    "g",
    { class: `node ${thing.kind}` },
    draw("title", {}, thing.name),
    shape(SHAPES[thing.kind], x, 50),
    kept.map((text, i) => draw("text", { x, y: 80 + i * LINE }, text)),
  );
}

function shape(name, x, y) {
  if (name === "square") return draw("rect", { x: x - 8, y: y - 8, width: 16, height: 16 });
  if (name === "diamond") return draw("path", { d: `M${x} ${y - 10}l10 10l-10 10l-10 -10z` });
  if (name === "triangle") return draw("path", { d: `M${x} ${y - 10}l10 18h-20z` });
  if (name === "star") return draw("path", { d: star(x, y) });
  return draw("circle", { cx: x, cy: y, r: 9 });
}

function star(x, y) {
  const points = Array.from({ length: 10 }, (_, i) => {
    const [angle, far] = [-Math.PI / 2 + (i * Math.PI) / 5, i % 2 ? 5 : 11];
    return `${(x + far * Math.cos(angle)).toFixed(1)} ${(y + far * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}z`;
}

/** A text in lines of about so many letters; letters that are wide count twice. */
function wrapped(text, most) {
  const length = (part) => [...part].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && length(last) + length(word) < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.flatMap((line) =>
    length(line) > most
      ? [...line].reduce(
          (parts, letter) => {
            if (length(parts[parts.length - 1] + letter) > most) parts.push("");
            parts[parts.length - 1] += letter;
            return parts;
          },
          [""],
        )
      : [line],
  );
}
