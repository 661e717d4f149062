/* What a file holds of a graph, opened: tables by number become things, statements and sentences.

   `kg/exports/_embedded.py` writes it and says what stands where. */

let opening = null;

/** The graph of this file, read when it is first asked for. */
export function kept() {
  opening = opening || opened(document.getElementById("data"));
  return opening;
}

async function opened(element) {
  const text = element.dataset.packed ? await unpacked(element.textContent.trim()) : element.textContent;
  return graphOf(JSON.parse(text));
}

async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** The graph of what was embedded. */
function graphOf(raw) {
  const things = raw.things.map(thingOf, raw);
  const statements = raw.statements.map((row) => ({
    iri: raw.base + row[0], kind: raw.words[row[1]], relation: raw.words[row[2]], subject: row[3], object: row[4],
    printed: row[5] === null ? things[row[4]].name : row[5], details: row[6], span: row[7], confidence: row[8],
    rule: raw.words[row[9]], asOf: raw.words[row[10]], states: row[11],
  }));
  const found = {
    ...raw, things, statements,
    at: new Map(things.map((thing, number) => [thing.iri, number])),
    claims: new Map(statements.map((said, number) => [said.iri, number])),
    relations: raw.relations.map(([name, label, general, way]) => ({ name, label, general, way })),
    of: things.map(() => []),
  };
  statements.forEach((said, number) => found.of[said.subject].push(number));
  found.ends = endsOf(found);
  return found;
}

function thingOf([path, kind, name, weight, summary, names, because, attributes, order, talk]) {
  const known = attributes.map(([word, value, iri]) => ({ word, value, iri: iri === undefined ? null : this.base + iri }));
  return { iri: this.base + path, kind, name, weight, summary, names, because, attributes: known, order, talk };
}

/** Of each thing what it has a relation to ("out"), and what has one to it ("in"): relation -> numbers of things. */
function endsOf(graph) {
  const ends = graph.things.map(() => ({ out: new Map(), in: new Map() }));
  const put = (ways, relation, other) => {
    if (!ways.has(relation)) ways.set(relation, new Set());
    ways.get(relation).add(other);
  };
  const tie = (subject, relation, object) => {
    put(ends[subject].out, relation, object);
    put(ends[object].in, relation, subject);
  };
  for (const said of graph.statements) {
    if (said.object !== null) said.states.forEach((relation) => tie(said.subject, relation, said.object));
  }
  graph.ties.forEach((row) => tie(...row));
  return ends;
}

/** What names a thing. */
export function brief(graph, number) {
  const { iri, kind, name } = graph.things[number];
  return { iri, kind, name };
}

/** The relations among some that no other of them implies, as they are sorted. */
export function own(graph, relations) {
  const implied = new Set(relations.flatMap((relation) => graph.relations[relation].general));
  return relations.filter((relation) => !implied.has(relation))
    .sort((a, b) => (graph.relations[a].name < graph.relations[b].name ? -1 : 1));
}

/** Letters of a source from one place to another, counted as the graph counts them: a letter each, however rare. */
function letters(source, from, until) {
  if (source.points === undefined) {
    source.points = /[\ud800-\udbff][\udc00-\udfff]/.test(source.text) ? Array.from(source.text) : null;
  }
  return source.points ? source.points.slice(from, until).join("") : source.text.slice(from, until);
}

function sourceOf(graph, number) {
  graph.pages = graph.pages || graph.sources.map(([path, name, url, sha256, text]) =>
    ({ iri: graph.base + path, name, url, sha256, text }));
  return graph.pages[number];
}

/** Words of a source, with their place. */
export function quote(graph, number) {
  const [page, start, end, text, prefix, suffix, fields] = graph.spans[number];
  const source = sourceOf(graph, page);
  const inText = text === undefined || text === null;
  const list = Array.isArray(text) ? text : fields || [];
  const told = { source, start, end, fields: list, inText: inText || list === text };
  if (told.inText) return { ...told, text: letters(source, start, end), prefix: "", suffix: "" };
  return { ...told, text, prefix, suffix };
}

/** The letters before and after some words. */
export function around(said, most) {
  if (!said.inText) {
    return { before: most ? said.prefix.slice(-most) : "", after: said.suffix.slice(0, most) };
  }
  return {
    before: letters(said.source, Math.max(0, said.start - most), said.start),
    after: letters(said.source, said.end, said.end + most),
  };
}

/** The IRI of a span. */
export function spanIri(graph, number) {
  const [page, start, end] = graph.spans[number];
  return `${sourceOf(graph, page).iri}/span/${start}-${end}`;
}

/** A statement as the pages show it. */
export function stated(graph, number, incoming = false) {
  const said = graph.statements[number];
  const words = quote(graph, said.span);
  const other = incoming ? said.subject : said.object;
  return {
    id: said.iri, kind: said.kind, relation: said.relation, incoming,
    other: other === null ? null : brief(graph, other),
    printed: said.printed, details: said.details, sentence: words.text, source: words.source.name,
    start: words.start, end: words.end, confidence: said.confidence, rule: said.rule, as_of: said.asOf || null,
  };
}
