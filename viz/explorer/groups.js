/* Under which heading a statement stands on the page of a thing, and in which order the headings come. */

/* Of each kind of thing: [heading, kinds of statements, whether others state them (undefined: either)]. */
const ORDER = {
  person: [
    ["Latest position", ["affiliation"], false],
    ["Other posts", ["position"], false],
    ["Education", ["degree"], false],
    ["Advisors", ["advising"], false],
    ["Students", ["advising", "degree"], true],
    ["Awards", ["award received"], false],
    ["Memberships", ["membership"], false],
    ["Talks", ["part in a talk"], true],
  ],
  organization: [
    ["People at their talks", ["affiliation"], true],
    ["Other posts here", ["position"], true],
    ["Alumni", ["degree"], true],
    ["Members", ["membership"], true],
    ["Advised here", ["advising"], true],
  ],
  unit: [
    ["People at their talks", ["affiliation"], true],
    ["Other posts here", ["position"], true],
    ["Alumni", ["degree"], true],
  ],
  topic: [
    ["Talks", ["topic of a talk"], true],
    ["Degrees in it", ["degree"], true],
  ],
  award: [["Recipients", ["award received"], true]],
  talk: [
    ["Speakers", ["part in a talk"], false],
    ["Affiliations at the talk", ["affiliation"], true],
    ["Topics", ["topic of a talk"], false],
  ],
};

const NEVER = { day: "", places: new Set() };

/** The heading of a statement and its place; `latest` is the last day that a source tells where somebody is, and where. */
function headed(entity, statement, latest = NEVER) {
  if (isPast(entity, statement, latest)) return { title: "Other posts", rank: 1 };
  const order = ORDER[entity.kind] || [];
  const at = order.findIndex(([, kinds, incoming]) => kinds.includes(statement.kind) && incoming === statement.incoming);
  if (at >= 0) return { title: order[at][0], rank: at };
  const text = statement.relation || statement.kind;
  const title = text.charAt(0).toUpperCase() + text.slice(1);
  return { title: statement.incoming ? `${title} (of others)` : title, rank: order.length };
}

/** The heading of a kind of statement of a thing that others speak of. */
export function headingOf(entity, kind) {
  return headed(entity, { kind, relation: "", incoming: entity.kind !== "talk" });
}

/* Where somebody was at an earlier talk is no place of now. */
function isPast(entity, statement, latest) {
  if (entity.kind !== "person" || statement.incoming || statement.kind !== "affiliation") return false;
  return latest.day > (statement.as_of || latest.day) && !latest.places.has(statement.other?.iri);
}

/** Statements by heading, in order: `[{title, statements}]`. */
export function grouped(entity, statements) {
  const affiliations = statements.filter((s) => s.kind === "affiliation" && !s.incoming);
  const day = affiliations.reduce((last, { as_of: told }) => (told > last ? told : last), "");
  const places = affiliations.filter((s) => (s.as_of || "") === day).map((s) => s.other?.iri);
  const latest = { day, places: new Set(places) };
  const found = new Map();
  for (const statement of statements) {
    const { title, rank } = headed(entity, statement, latest);
    if (!found.has(title)) found.set(title, { title, rank, statements: [] });
    found.get(title).statements.push(statement);
  }
  return [...found.values()].sort((a, b) => a.rank - b.rank || (a.title < b.title ? -1 : 1));
}
