/* The source text at the place where a claim stands. */

import { away, copy, make, marked } from "./dom.js";
import { details, when } from "./fact.js";
import { named, textOf, word } from "./names.js";
import { address, iriOf, whole } from "./state.js";

const AROUND = 600;
const WIDER = 3000;
const MOST = 200;

/** Show it. */
export async function show(app, place, into) {
  const { of } = place.values;
  if (!of) throw Object.assign(new Error("The address names no claim."), { status: 404 });
  return claimed(app, of.includes("://") ? of : iriOf(of), place, into);
}

/** Show the source text of a claim, a talk's title or a span by its IRI. */
export async function claimed(app, iri, place, into) {
  const wide = place.values.around === "wide";
  const told = await app.source.evidence(iri, wide ? WIDER : AROUND);
  app.title(`${told.source}, ${told.start}–${told.end}`);
  into.classList.add("reading-place");
  const steps = make("nav", { class: "steps", "aria-label": "Facts on this page", hidden: true });
  into.append(
    make("p", { class: "kind" }, told.claim ? told.claim.kind : "evidence"),
    make("h1", { dir: "auto" }, `${told.source}, ${told.start}–${told.end}`),
    told.claim ? said(told.claim) : "",
    steps,
    page(told),
    make("p", { class: "doings" }, wider(told, place, wide), link(app)),
    standing(told),
  );
  neighbours(app, told, steps).catch(() => {});
  return { shown: () => settle(into) };
}

/* The sentence stands in sight where the text is longer than its frame. */
function settle(into) {
  const frame = into.querySelector(".page");
  const sentence = into.querySelector(".sentence");
  frame.scrollTop = sentence.offsetTop - frame.offsetTop - frame.clientHeight / 3;
}

/** What a claim states, in a line. */
function said(claim) {
  const object = claim.object ? named(claim.object) : make("span", { dir: "auto" }, claim.printed);
  const date = when({ ...claim, as_of: claim.as_of });
  return make(
    "p",
    { class: "said" },
    named(claim.subject),
    make("span", { class: "relation" }, ` ${claim.relation || claim.kind} `),
    object,
    date && make("time", { class: "when" }, date),
    details(claim),
  );
}

/** The text with its sentence set off and the words marked. */
function page(told) {
  const { before, after } = told.context;
  const sentence = make("span", { class: "sentence", id: "sentence" }, marked(told.sentence, told.claim?.printed));
  return make(
    "div",
    { class: "page", dir: "auto", tabindex: 0, role: "region", "aria-label": "Text of the source" },
    before,
    sentence,
    after,
  );
}

function wider(told, place, wide) {
  const cut = told.context.before.length + told.context.after.length >= AROUND;
  if (!cut && !wide) return null;
  return make(
    "a",
    { href: address(place.path, { ...place.values, around: wide ? "" : "wide" }) },
    wide ? "Less of the page" : "More of the page",
  );
}

function link(app) {
  const button = make("button", { type: "button", class: "small" }, "Copy link");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(whole())) ? "Link copied" : "Not allowed here";
    app.say(button.textContent);
  });
  return button;
}

function standing(told) {
  const { claim } = told;
  const row = (term, value) => value && [make("dt", {}, term), make("dd", { dir: "auto" }, value)];
  return make(
    "dl",
    {},
    row("page", told.url ? away(told.url, told.source) : told.source),
    row("position", `letters ${told.start.toLocaleString("en")} to ${told.end.toLocaleString("en")}`),
    row("fields", told.fields.join(", ")),
    claim && [row("read by", claim.rule), row("confidence", claim.confidence.toFixed(2)), row("as of", claim.as_of)],
    row("SHA-256", told.sha256 && make("code", {}, told.sha256)),
  );
}

/** Links to the facts of the same thing before and after this one on the page. */
async function neighbours(app, told, steps) {
  if (!told.claim) return;
  const subject = told.claim.subject;
  const { statements } = await app.source.entity(subject.iri, { limit: MOST });
  const here = statements
    .filter(({ source }) => source === told.source)
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
  const at = here.findIndex(({ id }) => id === told.iri);
  if (at < 0 || here.length < 2) return;
  const step = (label, statement, rel) =>
    statement ? make("a", { href: textOf(statement.id), rel }, label) : make("span", {}, label);
  steps.append(
    step("← before", here[at - 1], "prev"),
    make("span", { class: "reading" }, `${at + 1} of ${here.length} facts of this ${word(subject.kind)} on the page`),
    step("after →", here[at + 1], "next"),
  );
  steps.hidden = false;
}
