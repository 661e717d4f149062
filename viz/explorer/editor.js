/* The editor for SPARQL: written by others (viz/vendor), loaded when its page opens, and kept from asking anybody. */

import { make } from "./dom.js";
import { PREFIXES } from "./iris.js";
import { root } from "./state.js";

const FOLDER = `${root}static/vendor/yasqe-4.6.2/`;
const CLASS = "http://rdfs.org/ns/void#class";
const PROPERTY = "http://rdfs.org/ns/void#property";
let loading = null;

/** The editor's class, loaded once. */
function loaded() {
  loading ??= new Promise((done, failed) => {
    const style = make("link", { rel: "stylesheet", href: `${FOLDER}yasqe.min.css` });
    const script = make("script", { src: `${FOLDER}yasqe.min.js` });
    const come = (element) =>
      new Promise((here, away) => {
        element.addEventListener("load", here);
        element.addEventListener("error", away);
      });
    Promise.all([come(style), come(script)]).then(
      () => done(prepared(window.Yasqe.Yasqe || window.Yasqe)),
      () => {
        loading = null;
        failed(new Error("The editor could not be loaded."));
      },
    );
    const first = document.head.querySelector("link[rel=stylesheet]");
    document.head.insertBefore(style, first); // so that our own colours stand after its own
    document.head.append(script);
  });
  return loading;
}

/** It completes what this graph has, instead of asking a catalogue of vocabularies. */
function prepared(Yasqe) {
  const terms = vocabulary();
  const ours = { bulk: true, persistenceId: null, autoShow: false };
  const written = Object.entries(PREFIXES).map(([prefix, iri]) => `${prefix}: <${iri}>`);
  Yasqe.forkAutocompleter("class", { ...ours, name: "classes", get: () => terms.then((told) => told.classes) });
  Yasqe.forkAutocompleter("property", { ...ours, name: "relations", get: () => terms.then((told) => told.properties) });
  Yasqe.forkAutocompleter("prefixes", { ...ours, name: "beginnings", get: () => written, autoShow: true });
  for (const name of ["class", "property", "prefixes"]) delete Yasqe.Autocompleters[name];
  Yasqe.defaults.autocompleters = ["variables", "beginnings", "classes", "relations"];
  return Yasqe;
}

/** The classes and properties that the graph uses, as its own description lists them. */
async function vocabulary() {
  const found = { classes: [], properties: [] };
  try {
    const answer = await fetch(`${root}.well-known/void`, { headers: { Accept: "application/n-triples" } });
    for (const [, relation, iri] of (await answer.text()).matchAll(/<([^>\s]*)> <([^>\s]*)> \.$/gm)) {
      if (relation === CLASS) found.classes.push(iri);
      if (relation === PROPERTY) found.properties.push(iri);
    }
  } catch {
    return found; // nothing is completed then
  }
  return { classes: [...new Set(found.classes)].sort(), properties: [...new Set(found.properties)].sort() };
}

/** The prefixes that the server knows need no declaration here either. */
function knowing(made, value) {
  const mode = made.getDoc().getMode();
  const begin = mode.startState;
  mode.startState = (...told) => Object.assign(begin(...told), { prefixes: { ...PREFIXES } });
  made.setValue(value); // read anew from its beginning
  made.clearHistory();
}

/**
 * An editor in an element of the page.
 *
 * @param {HTMLElement} parent
 * @param {string} value
 * @param {{label: string, hint: string, run: () => void}} options `hint`: id of what says how to leave it
 * @returns {Promise<{value: () => string, set: (text: string) => void, line: (number: number) => void, clear: () => void}>}
 */
export async function editor(parent, value, { label, hint, run }) {
  const Yasqe = await loaded();
  const keys = { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": () => undefined, "Shift-Ctrl-F": (it) => it.autoformat() };
  const quiet = {
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    prefixCcApi: null,
  };
  const made = new Yasqe(parent, {
    ...quiet,
    value,
    extraKeys: keys,
    screenReaderLabel: label,
    editorHeight: "auto",
    viewportMargin: Infinity,
    collapsePrefixesOnLoad: false,
  });
  knowing(made, value);
  const field = made.getInputField();
  field.setAttribute("aria-describedby", hint);
  field.setAttribute("aria-multiline", "true");
  let wrong = null;
  const clear = () => {
    if (wrong) made.removeLineClass(wrong, "background", "wrong-line");
    wrong = null;
  };
  made.on("change", clear);
  return {
    value: () => made.getValue(),
    set: (text) => made.setValue(text),
    clear,
    line: (number) => {
      clear();
      wrong = made.addLineClass(Math.min(number, made.lineCount()) - 1, "background", "wrong-line");
      made.setCursor({ line: Math.min(number, made.lineCount()) - 1, ch: 0 });
      made.focus();
    },
  };
}
