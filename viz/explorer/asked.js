/* The questions of the catalogue: all of them, and one with its parameters and its answer. */

import { answered, limitOf } from "./answer.js";
import { counted, fill, make, plain } from "./dom.js";
import { nameBox } from "./namebox.js";
import { words } from "./iris.js";
import { address, go, here, note } from "./state.js";

const GROUPS = [
  ["Quality", /^(disagreements|weak-facts|incomplete-talks|same-names|talks-without-affiliation|why|facts-of)$/],
  ["Awards", /award|winner/],
  ["Topics", /topic|could-speak-on|^alike$|fields/],
  ["Talks", /talk|series|annual-report|panel|abstract/],
  [
    "Institutions",
    /institution|school|^(units-of|place-of|flows|post-flows|trained-|never-invited|went-to|left|cities|countries|posts-at)/,
  ],
  ["People", /./],
];
const ORDER = ["People", "Topics", "Institutions", "Awards", "Talks", "Quality"];
const KINDS = {
  person: "person",
  institution: "institution",
  award: "award",
  topic: "topic",
  series: "series",
  talk: "talk",
  unit: "unit",
  entity: null,
};

/** Show the catalogue, or one of its queries. */
export async function show(app, place, into) {
  const all = await app.source.queries();
  if (place.path === "queries") return catalogue(app, place, into, await judged(app, all));
  const name = place.path.slice("query/".length);
  const query = all.find((one) => one.name === name);
  if (!query) throw Object.assign(new Error(`The catalogue has no query "${name}".`), { status: 404 });
  const [found] = await judged(app, [query]);
  return single(app, place, into, found);
}

/** The queries, each with why it is not answered here, if it is not: a file answers some. */
export async function judged(app, all) {
  const unable = await Promise.all(all.map(({ name }) => app.source.unable?.(name)));
  return all.map((query, at) => ({ ...query, unable: unable[at] }));
}

/** The group that a query of the catalogue belongs to. */
export function groupOf(query) {
  return GROUPS.find(([, fits]) => fits.test(query.name))[0];
}

/** The queries by group, in order. */
export function grouped(all) {
  const listed = ORDER.map((group) => [group, all.filter((query) => groupOf(query) === group)]);
  return listed
    .filter(([, list]) => list.length)
    .map(([group, list]) => [group, list.sort((a, b) => a.title.localeCompare(b.title, "en"))]);
}

function catalogue(app, place, into, all) {
  app.title("Questions");
  const count = make("p", { class: "rests" });
  const sections = make("div", { class: "groups" });
  const input = make("input", {
    id: "only",
    type: "search",
    autocomplete: "off",
    placeholder: "advisor, award, year ...",
    maxlength: 100,
  });
  input.value = place.values.only || "";
  const draw = () => {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    const fits = (query) =>
      wanted.every((word) => plain([query.title, query.explanation, query.name, ...query.phrasings].join(" ")).includes(word));
    const left = all.filter(fits);
    fill(
      count,
      left.length < all.length ? `${left.length} of ${counted(all.length, "question")} shown.` : counted(all.length, "question"),
    );
    fill(
      sections,
      grouped(left).map(([group, list]) =>
        make("section", {}, make("h2", {}, group), make("ul", { class: "questions" }, list.map(entry))),
      ),
    );
  };
  input.addEventListener("input", () => {
    draw();
    note({ only: input.value });
  });
  draw();
  fill(
    into,
    make("h1", {}, "Questions of the catalogue"),
    !app.served && make("p", {}, "A file answers some of them; those marked ", make("code", {}, "kg serve"), " need it."),
    make("div", { class: "narrow" }, make("label", { for: "only" }, "Only those with"), input),
    count,
    sections,
  );
}

function entry(query) {
  const needs = query.parameters.map((parameter) => words(parameter.name)).join(", ");
  return make(
    "li",
    {},
    make("a", { href: address(`query/${query.name}`) }, query.title),
    needs && make("small", {}, ` by ${needs}`),
    query.unable && make("small", {}, " · kg serve"),
  );
}

function valuesOf(query, place) {
  return Object.fromEntries(
    query.parameters
      .filter((parameter) => place.values[parameter.name])
      .map((parameter) => [parameter.name, place.values[parameter.name]]),
  );
}

async function single(app, place, into, query) {
  app.title(query.title);
  const values = valuesOf(query, place);
  const complete = query.parameters.every((parameter) => values[parameter.name]);
  const head = [
    make("p", { class: "kind" }, make("a", { href: address("queries") }, "Questions"), ` · ${groupOf(query)}`),
    make("h1", {}, query.title),
    query.explanation && make("p", {}, query.explanation),
    query.parameters.length > 0 && !query.unable && form(app, query, values),
  ];
  if (query.unable || !complete) {
    fill(into, ...head, query.unable ? make("p", { class: "none" }, query.unable) : tried(query), said(query));
    return;
  }
  let result;
  try {
    const told = await app.source.query(query.name, { ...values, limit: limitOf(place.values) });
    const more = (offset, limit) => app.source.query(query.name, { ...values, offset, limit });
    result = answered(app, told, { title: query.title, values: place.values, explained: query.explained, more });
  } catch (error) {
    if (error.status === undefined) throw error;
    result = [
      make("p", { class: "wrong", dir: "auto" }, error.message.replace(/([^.?!])$/, "$1.")),
      error.status === 404 && (await meant(app, query, values)),
    ];
  }
  fill(into, ...head, result, said(query));
}

/** The same question about things whose names are like those that nothing has. */
async function meant(app, query, values) {
  const things = query.parameters.filter((parameter) => parameter.type in KINDS);
  const found = await Promise.all(
    things.map((parameter) =>
      app.source
        .search(values[parameter.name], { kind: KINDS[parameter.type] ?? undefined, limit: 3 })
        .catch(() => ({ hits: [] })),
    ),
  );
  const links = things.flatMap((parameter, i) =>
    found[i].hits
      .filter((hit) => ![hit.name, hit.matched].includes(values[parameter.name]))
      .map((hit) =>
        make(
          "li",
          {},
          make(
            "a",
            {
              href: address(`query/${query.name}`, { ...values, [parameter.name]: hit.name }),
              class: `type type-${hit.kind}`,
              dir: "auto",
            },
            hit.name,
          ),
        ),
      ),
  );
  return links.length > 0 && [make("p", {}, "Names that are like it:"), make("ul", { class: "nearest" }, links)];
}

function form(app, query, values) {
  const boxes = query.parameters.map((parameter) => box(app, parameter, values[parameter.name] || ""));
  const submitted = (event) => {
    event.preventDefault();
    const told = Object.fromEntries(boxes.map((one) => [one.input.name, one.input.value.trim()]));
    const empty = boxes.find((one) => !one.input.value.trim());
    if (empty) return empty.input.focus();
    return go(`query/${query.name}`, { ...told, embed: here().values.embed });
  };
  return make("form", { class: "parameters", onsubmit: submitted, "aria-label": query.title }, boxes, make("button", {}, "Ask"));
}

function box(app, parameter, value) {
  const shared = {
    label: words(parameter.name),
    name: parameter.name,
    value,
    hint: parameter.example,
    comment: parameter.comment,
  };
  if (parameter.type in KINDS) return nameBox(app, { ...shared, kind: KINDS[parameter.type] ?? undefined });
  const input = make("input", {
    name: parameter.name,
    placeholder: parameter.example,
    inputmode: parameter.number ? "numeric" : null,
    maxlength: 500,
  });
  input.value = value;
  return Object.assign(make("label", {}, words(parameter.name), " ", make("small", {}, parameter.comment), input), { input });
}

function tried(query) {
  const example = Object.fromEntries(query.parameters.map((parameter) => [parameter.name, parameter.example]));
  const told = Object.values(example).join(", ");
  return make(
    "p",
    { class: "reading" },
    "For example: ",
    make("a", { href: address(`query/${query.name}`, example), dir: "auto" }, told),
  );
}

function said(query) {
  if (!query.phrasings.length) return null;
  return make(
    "details",
    {},
    make("summary", {}, "In words"),
    make(
      "ul",
      {},
      query.phrasings.slice(0, 8).map((phrasing) => make("li", {}, phrasing)),
    ),
  );
}
