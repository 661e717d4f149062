/* Finding things of a file by their names, as the index of a server does: whole names, words the last of which may be
   begun, and what is spelt alike. */

const LETTERS = {
  "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "œ": "oe",
  "Œ": "OE", "þ": "th", "ð": "d", "’": "'", "‘": "'", "\u0060": "'", "´": "'",
};
const RARE = /[ßøØłŁıđĐæÆœŒþð’‘\u0060´]/g;
const BETWEEN_INITIALS = /(?<=(?<![\p{L}\p{N}_])\p{L})\.(?=\p{L}(?![\p{L}\p{N}_]))/gu;
const NEAR = 0.75;
const KINDS = { institution: "organization" };

/** Words in lower case without accents or punctuation: what names are compared by. */
export function fold(text) {
  const plain = text.replace(RARE, (letter) => LETTERS[letter]).normalize("NFKD").replace(/\p{Mn}/gu, "")
    .toLowerCase().replaceAll("&", " and ").replace(/'s(?![\p{L}\p{N}_])/gu, "s").replaceAll("'", "")
    .replace(BETWEEN_INITIALS, "");
  return (plain.match(/[\p{L}\p{N}]+/gu) || []).join(" ");
}

function entries(graph) {
  graph.names = graph.names || graph.things.flatMap((thing, number) =>
    [thing.name, ...thing.names].map((name) => ({ number, name, plain: fold(name), thing })));
  return graph.names;
}

/** The kind that a word means, or null. */
export function kindOf(word) {
  return word ? KINDS[word.toLowerCase()] || word.toLowerCase() : null;
}

/** The numbers of the things of a whole name. */
export function called(graph, name, kind) {
  const asked = fold(name);
  const found = entries(graph).filter((e) => e.plain === asked && (!kind || e.thing.kind === kind));
  return [...new Set(found.map((e) => e.number))];
}

/** What fits a text best: number of the thing, the name that fits, and how well. */
export function found(graph, text, kind, most) {
  const asked = fold(text);
  if (!asked) return [];
  const every = entries(graph).filter((e) => !kind || e.thing.kind === kind);
  const best = new Map();
  for (const entry of every) {
    const score = whole(entry, asked) || begun(entry, asked);
    if (score && score > (best.get(entry.number)?.score || 0)) best.set(entry.number, { ...entry, score });
  }
  if (best.size < most) {
    for (const hit of near(every, asked)) if (!best.has(hit.number)) best.set(hit.number, hit);
  }
  return ranked([...best.values()]).slice(0, most);
}

function ranked(hits) {
  return hits.sort((a, b) => b.score - a.score || b.thing.weight - a.thing.weight || (a.thing.name < b.thing.name ? -1 : 1));
}

function whole(entry, asked) {
  if (entry.plain !== asked) return 0;
  return entry.name === entry.thing.name ? 1 : 0.99;
}

function begun(entry, asked) {
  const name = ` ${entry.plain} `;
  const words = asked.split(" ");
  const last = words.pop();
  if (!name.includes(` ${last}`) || !words.every((word) => name.includes(` ${word} `))) return 0;
  const covered = Math.min(asked.length / Math.max(entry.plain.length, 1), 1);
  const known = Math.min(Math.log10(1 + entry.thing.weight) / 3, 1);
  return rounded((entry.plain.startsWith(asked) ? 0.7 : 0.6) + 0.12 * covered + 0.12 * known);
}

function rounded(score) {
  return Math.round(score * 10000) / 10000;
}

function* near(every, asked) {
  const parts = partsOf(asked);
  const least = Math.max(1, 0.3 * parts.size);
  for (const entry of every) {
    let shared = 0;
    for (const part of parts) shared += entry.plain.includes(part);
    if (shared < least) continue;
    const alike = alikeness(asked, entry.plain);
    if (alike >= NEAR) yield { ...entry, score: rounded(0.6 * alike) };
  }
}

function partsOf(text) {
  return new Set(Array.from({ length: Math.max(text.length - 2, 0) }, (_, at) => text.slice(at, at + 3)));
}

/** How much of two names is equal, from 0 to 1; a beginning counts nearly as much as the whole. */
function alikeness(asked, name) {
  const start = name.length > asked.length + 1 ? 0.95 * ratio(asked, name.slice(0, asked.length + 1)) : 0;
  return Math.max(ratio(asked, name), start);
}

function ratio(one, other) {
  const length = one.length + other.length;
  if (!length || 2 * Math.min(one.length, other.length) < NEAR * length) return 0;
  return (2 * equal(one, other)) / length;
}

/** Letters of the longest piece that two texts share, and of those beside it, left and right. */
function equal(one, other) {
  let [size, a, b] = [0, 0, 0];
  let before = [];
  for (let i = 0; i < one.length; i++) {
    const runs = [];
    for (let j = 0; j < other.length; j++) {
      if (one[i] !== other[j]) continue;
      runs[j] = (before[j - 1] || 0) + 1;
      if (runs[j] > size) [size, a, b] = [runs[j], i - runs[j] + 1, j - runs[j] + 1];
    }
    before = runs;
  }
  if (!size) return 0;
  return size + equal(one.slice(0, a), other.slice(0, b)) + equal(one.slice(a + size), other.slice(b + size));
}
