/* The statements of a thing, asked for as they are needed: all of them where they are not very many. */

import { plain } from "./dom.js";
import { yearsOf } from "./filters.js";

const PAGE = 200;
/** So many are fetched whole; of more, each kind is read page by page. */
export const WHOLE = 1000;

/**
 * The statements of a thing.
 *
 * The server gives them by direction and kind, so that those of one kind stand together: with `counts` it is known where
 * each kind of a thing begins that others speak of (an institution, a topic). People, of whom both directions are told,
 * have never so many.
 */
export class Statements {
  /** @param {object} source @param {object} entity as the source gave it, with its first page */
  constructor(source, entity) {
    this.source = source;
    this.entity = entity;
    this.total = entity.total;
    this.known = new Map(entity.statements.map((statement, at) => [entity.offset + at, statement]));
  }

  /** Whether every statement is here. */
  get complete() {
    return this.known.size >= this.total;
  }

  /** Whether it will be, once `all` is through. */
  get small() {
    return this.total <= WHOLE;
  }

  /** Fetch the first ones, up to `most`. */
  async all(most = WHOLE) {
    const end = Math.min(most, this.total);
    for (let offset = 0; offset < end; offset += PAGE) await this.span(offset, Math.min(PAGE, end - offset));
    return this.list();
  }

  /** Fetch some, unless they are here. */
  async span(offset, limit) {
    let [from, to] = [offset, Math.min(offset + limit, this.total)];
    while (from < to && this.known.has(from)) from += 1;
    while (to > from && this.known.has(to - 1)) to -= 1;
    while (from < to) {
      const { statements } = await this.source.entity(this.entity.iri, { limit: Math.min(PAGE, to - from), offset: from });
      if (!statements.length) return;
      statements.forEach((statement, at) => this.known.set(from + at, statement));
      from += statements.length;
    }
  }

  /** Those that are here, in their order. */
  list() {
    return [...this.known].sort(([a], [b]) => a - b).map(([, statement]) => statement);
  }

  /** Where each kind begins and how many there are, where all are told by others. */
  kinds() {
    let begin = 0;
    return Object.entries(this.entity.counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => {
        begin += count;
        return { kind, count, begin: begin - count };
      });
  }

  /** Some statements of a kind. */
  async ofKind({ begin, count }, skip, limit) {
    const wanted = Math.min(limit, count - skip);
    await this.span(begin + skip, wanted);
    return Array.from({ length: Math.max(0, wanted) }, (_, at) => this.known.get(begin + skip + at)).filter(Boolean);
  }
}

const UNTOLD = new Set(["score", "at talk"]);

/** Statements that say the same, each with all its sentences; the newest first, those without a year last. */
export function merged(statements) {
  const found = new Map();
  for (const statement of statements) {
    const key = sameness(statement);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(statement);
  }
  const facts = [...found.values()].map((same) => same.sort((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1)));
  return facts.sort((a, b) => latest(b) - latest(a) || (nameOf(a[0]) < nameOf(b[0]) ? -1 : 1));
}

function sameness(statement) {
  const details = statement.details.filter(([word]) => !UNTOLD.has(word)).map(([word, value]) => `${word}=${plain(value)}`);
  const other = statement.other ? statement.other.iri : "";
  const printed = statement.other && !statement.incoming ? "" : plain(statement.printed);
  return [
    statement.kind,
    statement.relation,
    statement.incoming,
    other,
    statement.incoming ? "" : printed,
    ...details.sort(),
  ].join("|");
}

function nameOf(statement) {
  return statement.other ? statement.other.name : statement.printed;
}

function latest(same) {
  const ends = same.map((statement) => yearsOf(statement)?.[1] || 0);
  const days = same.map((statement) => statement.as_of || "").sort();
  const day = Number((days.at(-1) || "0").replaceAll("-", "").padEnd(8, "0")) / 1e8;
  return Math.max(...ends) + day;
}
