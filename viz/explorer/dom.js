/* Elements of the page; whatever comes from a graph becomes text, never markup. */

const SVG = "http://www.w3.org/2000/svg";
const LONGEST = 500; // milliseconds without a picture: the page is out of sight
const SAFE = /^(https?:|mailto:)/i;

/** An element with attributes (functions listen: `onclick`) and children, which are elements or texts. */
export function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same of a drawing. */
export function draw(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children) {
    if (child === undefined || child === null || child === false || child === "") continue;
    if (Array.isArray(child)) add(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

/** Put these in the place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

/** Done once what was put on the page is on the screen; at once where nobody looks. */
export function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, document.hidden ? 0 : LONGEST);
  });
}

/** A link to a page elsewhere; no kind of address but the web's and mail's is linked to. */
export function away(address, text) {
  const target = { href: address, rel: "noopener noreferrer", target: "_blank" };
  return SAFE.test(address) ? make("a", target, text || address) : make("span", {}, text || address);
}

/** A sentence with the words that a fact rests on marked. */
export function marked(sentence, words) {
  const at = words ? sentence.indexOf(words) : -1;
  if (at < 0) return [sentence];
  return [sentence.slice(0, at), make("mark", {}, words), sentence.slice(at + words.length)];
}

/** "1 talk", "2,104 talks". */
export function counted(number, one, many = one + "s") {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Text as it is compared: without accents and case. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text without what XML cannot hold: signs of control, and halves of letters. */
export function holdable(text) {
  return text.replace(NOT_XML, "");
}

/** Hand a file to the reader of the page. */
export function save(name, type, content) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Put text on the clipboard; true where that was allowed. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = make("textarea", { readonly: true, "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

/** Have what is folded within an element unfolded on paper; gives what ends that. */
export function unfolded(within, which = "details.others") {
  const printed = () => {
    for (const details of within.querySelectorAll(which)) details.open = true;
  };
  addEventListener("beforeprint", printed);
  return () => removeEventListener("beforeprint", printed);
}
