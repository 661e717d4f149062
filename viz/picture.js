/* The picture: draws the data of the page with vis-network, and everything beside it with textContent only. */
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => window.innerWidth <= 720;
  const style = (node) => data.types[node.type];
  const words = (count, kind) => count + " " + (count === 1 ? kind.one : kind.many);

  /* ---- the data, by number ---- */
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const around = new Map(data.nodes.map((node) => [node.id, []]));
  data.edges.forEach((edge, i) => {
    edge.id = i;
    around.get(edge.from).push(edge);
    if (edge.to !== edge.from) around.get(edge.to).push(edge);
  });
  const others = (edge, id) => (edge.from === id ? edge.to : edge.from);
  const degree = (node) => new Set(around.get(node.id).map((edge) => others(edge, node.id))).size;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const relation = (edge, way) => (data.relations[edge.relation] || { out: edge.relation, in: edge.relation })[way];
  data.nodes.forEach((node) => {
    node.degree = degree(node);
    node.found = plain(node.label + " | " + (node.aliases || ""));
    node.order = (node.type === "Person" && node.silent ? 0.5 : style(node).rank) - Math.min(node.degree, 9) / 10;
  });
  const ranked = [...data.nodes].sort((a, b) => a.order - b.order || a.id - b.id);

  /* ---- the canvas ---- */
  const stage = $("picture");
  const span = (axis) => {
    const values = data.nodes.map((node) => node[axis]);
    return Math.max(...values) - Math.min(...values) + 160;
  };
  const upright = stage.clientHeight > stage.clientWidth && data.nodes.length > 1 && span("x") > span("y");
  if (upright) data.nodes.forEach((node) => ([node.x, node.y] = [node.y, node.x]));
  const sight = data.nodes.length ? Math.min(stage.clientWidth / span("x"), stage.clientHeight / span("y")) : 1;
  const grown = Math.min(1.35, Math.max(1, Math.pow(0.8 / sight, 0.5)));
  const drawn = new vis.DataSet(data.nodes.map((node) => {
    node.size *= grown;
    return { id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, color: node.color };
  }));
  const lines = new vis.DataSet(data.edges.map((edge) => {
    const { id, from, to, arrows, dashes, width, color, smooth } = edge;
    const line = { id, from, to, arrows, dashes, width, color, smooth };
    Object.keys(line).forEach((key) => line[key] === undefined && delete line[key]);
    return line;
  }));
  const network = new vis.Network(stage, { nodes: drawn, edges: lines }, data.options);
  const canvas = stage.querySelector("canvas");
  function whole(animated) {
    const ends = (axis) => [Math.min, Math.max].map((end) => end(...data.nodes.map((node) => node[axis])));
    const [left, right, top, bottom] = [...ends("x"), ...ends("y")];
    const margin = Math.min(64, stage.clientWidth * 0.07);
    const scale = Math.min(1.5, (stage.clientWidth - 2 * margin) / (right - left + 1), (stage.clientHeight - 72) / (bottom - top + 1));
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + 6 / scale };
    network.moveTo({ position, scale, animation: animated && !calm });
  }

  /* ---- state ---- */
  const off = new Set();
  let focus = null;
  let near = new Set();
  let hovered = null;
  const shown = (node) => !off.has(node.type);

  function paint() {
    drawn.update(data.nodes.map((node) => ({
      id: node.id, hidden: !shown(node), opacity: focus === null || near.has(node.id) ? 1 : 0.13,
    })));
    lines.update(data.edges.map((edge) => {
      const own = focus !== null && (edge.from === focus || edge.to === focus);
      const base = edge.color || data.options.edges.color;
      const color = own ? { ...base, color: "#5B6672" } : { ...base, opacity: focus === null ? 1 : 0.18 };
      const [a, b] = [byId.get(edge.from), byId.get(edge.to)];
      const far = Math.hypot(a.x - b.x, a.y - b.y) > a.size + b.size + 12;
      return { id: edge.id, color, arrows: { to: { enabled: own && far, scaleFactor: 0.6 } } };
    }));
  }

  /* ---- labels: in pixels of the screen, the important first, none over another ---- */
  const widths = new Map();
  function width(pen, text, font) {
    const key = font + text;
    if (!widths.has(key)) { pen.font = font; widths.set(key, pen.measureText(text).width); }
    return widths.get(key);
  }

  function wanted(node, scale) {
    if (node.id === hovered || near.has(node.id)) return true;
    if (focus !== null) return false;
    if (node.type === "Person" || node.type === "Organization") return scale > 0.5 || (node.degree > 1 && !node.silent);
    if (node.degree > 1 && node.type !== "Talk") return scale > 0.5;
    return scale > (node.type === "Award" ? 0.72 : node.type === "Talk" ? 1.25 : 1.1);
  }

  function letter(node) {
    const strong = node.id === focus || (node.type === "Person" && !node.silent);
    const size = (node.type === "Person" ? 13 : node.type === "Organization" ? 12 : 11) - (narrow() ? 1 : 0);
    return { size, font: (node.type === "Talk" ? "italic " : "") + (strong ? "600 " : "") + size + "px " + FONT };
  }

  function spots(at, r, w, h) {
    const under = at.y + r + 2;
    const over = at.y - r - 2 - h;
    const right = at.x + r + 4;
    const left = at.x - r - 4 - w;
    return [
      [at.x - w / 2, under], [right, at.y - h / 2], [left, at.y - h / 2], [at.x - w / 2, over],
      [at.x - r, under], [at.x + r - w, under], [at.x - r, over], [at.x + r - w, over],
    ];
  }

  const clash = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  function writeLabels(pen) {
    const scale = network.getScale();
    const ratio = canvas.width / canvas.clientWidth;
    const seen = ranked.filter(shown).map((node) => {
      const at = network.canvasToDOM(network.getPosition(node.id));
      return { node, at, r: node.size * scale };
    });
    const body = ({ at, r }) => [at.x - r * 0.8, at.y - r * 0.8, at.x + r * 0.8, at.y + r * 0.8];
    const solid = seen.filter(({ node }) => focus === null || near.has(node.id));
    const large = solid.filter(({ node }) => style(node).rank < 2).map(body);
    const small = solid.filter(({ node }) => style(node).rank >= 2).map(body);
    const people = solid.filter(({ node }) => node.type === "Person" && !node.silent).map(body);
    const texts = [];
    const inside = ([x, , u]) => x > 2 && u < canvas.clientWidth - 2;
    const first = ({ node }) => (node.id === hovered || node.id === focus ? 0 : near.has(node.id) ? 1 : 2);
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.textBaseline = "top";
    pen.textAlign = "center";
    pen.lineJoin = "round";
    [...seen].sort((a, b) => first(a) - first(b)).forEach(({ node, at, r }) => {
      if (!wanted(node, scale)) return;
      const { size, font } = letter(node);
      const step = size + 1;
      const w = Math.max(...node.lines.map((line) => width(pen, line, font)));
      const h = step * node.lines.length;
      const places = spots(at, r, w, h).map(([x, y]) => [x, y, x + w, y + h]);
      const clear = (box, walls) => !walls.some((wall) => clash(box, wall));
      const free = places.filter((box) => clear(box, texts) && inside(box));
      const speaks = node.type === "Person" && !node.silent;
      const spot = free.find((box) => clear(box, large) && clear(box, small))
        || ((speaks || near.has(node.id)) && (free.find((box) => clear(box, large)) || free.find((box) => clear(box, people))))
        || ((node.id === hovered || node.id === focus) && places[0]);
      if (!spot) return;
      texts.push([spot[0] - 2, spot[1] - 1, spot[2] + 2, spot[3] + 1]);
      pen.font = font;
      pen.lineWidth = 3.5;
      pen.strokeStyle = "#fafbfcf2";
      pen.fillStyle = style(node).ink;
      node.lines.forEach((line, i) => pen.strokeText(line, spot[0] + w / 2, spot[1] + i * step));
      node.lines.forEach((line, i) => pen.fillText(line, spot[0] + w / 2, spot[1] + i * step));
    });
    pen.restore();
  }
  network.on("afterDrawing", writeLabels);

  /* ---- the tip: name and numbers of a node, the sentence of an edge ---- */
  function make(tag, text, into, kind) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    if (into) into.append(element);
    return element;
  }

  function numbers(node) {
    const parts = [node.silent ? "person named, no talk here" : style(node).one];
    if (node.type !== "Talk" && node.talks) parts.push(words(node.talks, data.types.Talk));
    if (node.facts) parts.push(words(node.facts, { one: "fact", many: "facts" }));
    if (node.first_year) parts.push(node.first_year === node.last_year ? node.first_year : node.first_year + "–" + node.last_year);
    return parts.join(" · ");
  }

  function place(edge) {
    const parts = [edge.sources];
    if (edge.confidence !== undefined) parts.push("confidence " + edge.confidence.toFixed(2));
    return parts.filter(Boolean).join(" · ");
  }

  function detail(edge) {
    const plainWords = edge.relation.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
    return edge.what === plainWords ? "" : edge.what;
  }

  const tip = $("tip");
  function say(fill) {
    tip.replaceChildren();
    fill(tip);
    tip.hidden = false;
  }
  function sayNode(node) {
    say((into) => {
      make("strong", node.label, into);
      make("em", numbers(node), into);
    });
  }
  function sayEdge(edge) {
    say((into) => {
      make("strong", byId.get(edge.from).label + " → " + byId.get(edge.to).label, into);
      make("em", [relation(edge, "out"), detail(edge)].filter(Boolean).join(": "), into);
      if (edge.sentence) make("q", edge.sentence, into);
      make("em", place(edge), into);
    });
  }
  function follow(event) {
    const x = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
    const below = event.clientY + 16;
    const y = below + tip.offsetHeight > window.innerHeight - 8 ? event.clientY - tip.offsetHeight - 12 : below;
    tip.style.left = Math.max(8, x) + "px";
    tip.style.top = Math.max(8, y) + "px";
  }
  const quiet = () => { tip.hidden = true; hovered = null; };
  stage.addEventListener("pointermove", (event) => tip.hidden || follow(event));
  stage.addEventListener("pointerleave", quiet);
  network.on("hoverNode", ({ node, event }) => { hovered = node; sayNode(byId.get(node)); follow(event); stage.style.cursor = "pointer"; });
  network.on("blurNode", () => { quiet(); stage.style.cursor = ""; });
  network.on("hoverEdge", ({ edge, event }) => {
    if (hovered !== null) return;
    sayEdge(data.edges[edge]);
    follow(event);
  });
  network.on("blurEdge", () => { if (hovered === null) quiet(); });
  network.on("dragStart", quiet);
  network.on("zoom", quiet);

  /* ---- facts of one node, each with its sentence ---- */
  const panel = $("facts");
  function sections(node) {
    const found = new Map();
    around.get(node.id).forEach((edge) => {
      const title = relation(edge, edge.from === node.id ? "out" : "in");
      if (!found.has(title)) found.set(title, []);
      found.get(title).push(edge);
    });
    const order = Object.values(data.relations).flatMap((kind) => [kind.in, kind.out]);
    return [...found].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  }
  function showFacts(node) {
    panel.replaceChildren();
    panel.scrollTop = 0;
    make("h2", node.label, panel);
    make("p", numbers(node), panel, "kind");
    if (node.aliases) make("p", "also: " + node.aliases.split(" | ").join(", "), panel, "kind");
    const close = make("button", "×", panel, "close");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => choose(null));
    sections(node).forEach(([title, edges]) => {
      make("h3", title + (edges.length > 1 ? " (" + edges.length + ")" : ""), panel);
      const list = make("ul", undefined, panel);
      edges.forEach((edge) => fact(edge, byId.get(others(edge, node.id)), list));
    });
    panel.hidden = false;
  }
  function fact(edge, other, list) {
    const item = make("li", undefined, list);
    const name = make("button", other.label, item);
    name.type = "button";
    name.addEventListener("click", () => choose(other.id, true));
    if (detail(edge)) make("span", " – " + detail(edge), item);
    if (edge.sentence) make("blockquote", edge.sentence, item);
    if (edge.sentence && place(edge)) make("span", place(edge), item, "from");
  }

  /* ---- focus ---- */
  function choose(id, travel) {
    focus = id;
    near = new Set(id === null ? [] : [id, ...around.get(id).map((edge) => others(edge, id))]);
    if (id === null) { panel.hidden = true; network.unselectAll(); } else { off.delete(byId.get(id).type); legend(); showFacts(byId.get(id)); }
    paint();
    if (id !== null && travel) {
      const offset = !narrow() ? { x: -panel.offsetWidth / 2, y: 0 } : { x: 0, y: -panel.offsetHeight / 2 };
      network.focus(id, { scale: Math.max(network.getScale(), 1), offset, animation: !calm });
    }
  }
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) choose(nodes[0]);
    else if (edges.length && tip.hidden) choose(data.edges[edges[0]].from);
    else if (!edges.length) choose(null);
  });

  /* ---- legend: always there, and the filter ---- */
  const SHAPES = {
    dot: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z", square: "M3 3h10v10h-10z", diamond: "M8 1.5l6 6.5l-6 6.5l-6-6.5z",
    triangle: "M8 2l6.5 11.5h-13z", star: "M8 1l2.1 4.7l5 .6l-3.7 3.4l1 5l-4.4-2.5l-4.4 2.5l1-5l-3.7-3.4l5-.6z",
  };
  function swatch(path, fill, line, dash) {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const wide = dash ? 26 : 16;
    Object.entries({ width: wide, height: 16, viewBox: "0 0 " + wide + " 16", "aria-hidden": "true" })
      .forEach(([key, value]) => picture.setAttribute(key, value));
    Object.entries({ d: path, fill, stroke: line, "stroke-width": dash ? 1.8 : 1.6, "stroke-dasharray": dash || "none" })
      .forEach(([key, value]) => shape.setAttribute(key, value));
    picture.append(shape);
    return picture;
  }
  function legend() {
    const bar = $("legend");
    const held = document.activeElement && document.activeElement.dataset.type;
    bar.replaceChildren();
    Object.entries(data.types).sort((a, b) => a[1].rank - b[1].rank).forEach(([type, kind]) => {
      const count = data.nodes.filter((node) => node.type === type).length;
      if (!count) return;
      const button = make("button", undefined, bar);
      button.type = "button";
      button.dataset.type = type;
      button.setAttribute("aria-pressed", String(!off.has(type)));
      button.append(swatch(SHAPES[kind.shape], kind.color, kind.edge));
      make("b", String(count), button);
      make("span", count === 1 ? kind.one : kind.many, button).style.padding = "0";
      button.addEventListener("click", () => {
        if (!off.delete(type)) off.add(type);
        legend();
        paint();
      });
      if (held === type) button.focus();
    });
    if (data.nodes.some((node) => node.silent)) {
      const note = make("span", undefined, bar);
      note.append(swatch(SHAPES.dot, "#fff", data.types.Person.color), "named, no talk");
    }
    Object.entries(data.relations).filter(([name, kind]) => kind.dashed && data.edges.some((edge) => edge.relation === name))
      .forEach(([, kind]) => {
        const note = make("span", undefined, bar);
        note.append(swatch("M1 8h24", "none", "#6E8FA8", "6 4"), kind.out);
      });
  }

  /* ---- search ---- */
  const box = $("search");
  const hits = $("hits");
  let marked = -1;
  function look() {
    const tokens = plain(box.value).split(/\s+/).filter(Boolean);
    hits.replaceChildren();
    marked = -1;
    if (tokens.length) {
      const starts = (node) => (node.found.startsWith(tokens[0]) ? 0 : 1);
      const found = ranked.filter((node) => tokens.every((token) => node.found.includes(token)))
        .sort((a, b) => starts(a) - starts(b)).slice(0, 12);
      found.forEach((node, i) => {
        const hit = make("li", undefined, hits);
        hit.id = "hit-" + i;
        hit.setAttribute("role", "option");
        make("span", node.label, hit);
        make("small", style(node).one, hit);
        hit.addEventListener("pointerdown", (event) => { event.preventDefault(); take(node.id); });
        hit.dataset.node = node.id;
      });
      if (!found.length) make("li", "nothing here has this name", hits);
      mark(found.length ? 0 : -1);
    }
    hits.hidden = !tokens.length;
    box.setAttribute("aria-expanded", String(!hits.hidden));
  }
  function mark(index) {
    const all = [...hits.querySelectorAll("[role=option]")];
    if (!all.length) return;
    marked = (index + all.length) % all.length;
    all.forEach((hit, i) => hit.setAttribute("aria-selected", String(i === marked)));
    box.setAttribute("aria-activedescendant", all[marked].id);
    all[marked].scrollIntoView({ block: "nearest" });
  }
  function take(id) {
    box.value = "";
    look();
    choose(id, true);
  }
  box.addEventListener("input", look);
  box.addEventListener("blur", () => { hits.hidden = true; });
  box.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) { event.preventDefault(); mark(marked + way); }
    const hit = hits.children[marked];
    if (event.key === "Enter" && hit && hit.dataset.node) take(Number(hit.dataset.node));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
    if (event.key === "Escape") { box.value = ""; look(); quiet(); choose(null); }
  });

  /* ---- begin ---- */
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: calm ? false : { duration: 200 } });
  $("closer").addEventListener("click", () => zoom(1.4));
  $("farther").addEventListener("click", () => zoom(1 / 1.4));
  $("whole").addEventListener("click", () => whole(true));
  window.addEventListener("resize", () => window.requestAnimationFrame(() => whole(false)));
  legend();
  paint();
  if (data.nodes.length) whole(false);
  document.documentElement.dataset.ready = "yes";
})();
