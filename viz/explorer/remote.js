/* What the page asks of the server it came from. `local.js` answers the same from inside a file. */

import { root } from "./state.js";

/** Why something is not there; `status` 404 is: no such thing. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function reached(address, request) {
  try {
    return await fetch(address, request);
  } catch {
    throw new Refused("The server does not answer. Is it still running?", 0);
  }
}

async function get(path, values = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, one);
    }
  }
  const answer = await reached(`${root}api/${path}?${query}`, { headers: { Accept: "application/json" } });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(told.error || `The server answered ${answer.status}.`, answer.status);
  return told;
}

let told = document.getElementById("told");

/** What the page that the server gave tells, if that is asked for: the first look at it needs no further question. */
function given(fits) {
  const found = told && JSON.parse(told.textContent);
  told = null;
  return found && fits(found) ? found : null;
}

/** A source of all that the pages show. Each function gives what the REST interface describes. */
export const remote = {
  home: async () => given((page) => "most" in page) || get("home"),
  search: (q, values = {}) => get("search", { q, ...values }),
  entity: async (iri, values = {}) =>
    given((page) => page.iri === iri && page.offset === (values.offset || 0)) || get("entity", { iri, ...values }),
  neighbours: (iri, values = {}) => get("neighbours", { iri, ...values }),
  links: (iris) => get("links", { iri: iris }),
  evidence: (iri, context) => get("evidence", { iri, context }),
  path: (one, other) => get("path", { one, other }),
  charts: () => get("charts"),
  chart: (name) => get(`chart/${name}`),
  behind: (name, one, other) => get(`behind/${name}`, { one, other }),
  queries: () => get("queries"),
  query: (name, values = {}) => get(`query/${encodeURIComponent(name)}`, values),
  because: (name, values = {}) => get(`because/${encodeURIComponent(name)}`, values),
  ask: (q, values = {}) => get("ask", { q, ...values }),

  /** The answer of a SPARQL query, as text, with its type. */
  async sparql(query, accept) {
    const body = new URLSearchParams({ query });
    const answer = await reached(`${root}sparql`, { method: "POST", body, headers: { Accept: accept } });
    const text = await answer.text();
    if (!answer.ok) throw new Refused(text.trim() || `The server answered ${answer.status}.`, answer.status);
    return { text, type: answer.headers.get("Content-Type") || "" };
  },
};
