/* How a map is moved: mouse, wheel, one finger or two, and keys. */

const STEP = 60;
const CLICK = 5;

/** Listen to a canvas; `told` is called with what was picked. */
export function moves(canvas, picture, told) {
  const held = new Map();
  let start = null;
  let apart = 0;

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const spread = () => {
    const [one, other] = [...held.values()];
    return { far: Math.hypot(one[0] - other[0], one[1] - other[1]), middle: [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2] };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || !picture.state.view) return;
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, place(event));
    if (held.size === 1) start = { at: place(event), moved: false };
    if (held.size === 2) {
      apart = spread().far;
      start.moved = true;
    }
  });

  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = place(event);
    if (!picture.state.view) return;
    if (!held.has(event.pointerId)) {
      pointed(event, x, y);
      return;
    }
    const [oldX, oldY] = held.get(event.pointerId);
    held.set(event.pointerId, [x, y]);
    if (held.size === 2) {
      const { far, middle } = spread();
      picture.move((x - oldX) / 2, (y - oldY) / 2);
      if (apart > 0) picture.zoom(far / apart, ...middle);
      apart = far;
    } else if (start && (start.moved || Math.hypot(x - start.at[0], y - start.at[1]) > CLICK)) {
      start.moved = true;
      canvas.classList.add("held");
      picture.move(x - oldX, y - oldY);
    }
  });

  function pointed(event, x, y) {
    if (event.pointerType === "touch") return;
    const found = picture.pick(x, y, 4);
    picture.hover(found.node ?? -1);
    canvas.classList.toggle("over", found.node !== undefined || found.link !== undefined);
  }

  function released(event) {
    const was = held.delete(event.pointerId);
    canvas.classList.remove("held");
    if (!was || held.size) return;
    if (start && !start.moved && event.type === "pointerup") told(picture.pick(...place(event), event.pointerType === "touch" ? 14 : 5));
    start = null;
  }
  canvas.addEventListener("pointerup", released);
  canvas.addEventListener("pointercancel", released);
  canvas.addEventListener("pointerleave", () => picture.hover(-1));

  canvas.addEventListener("wheel", (event) => {
    if (!picture.state.view) return;
    event.preventDefault();
    const by = event.deltaMode === 1 ? 18 * event.deltaY : event.deltaY;
    picture.zoom(Math.exp(-Math.max(-120, Math.min(120, by)) * 0.0022), ...place(event));
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => picture.zoom(1.8, ...place(event)));

  const keys = {
    ArrowLeft: () => picture.move(STEP, 0),
    ArrowRight: () => picture.move(-STEP, 0),
    ArrowUp: () => picture.move(0, STEP),
    ArrowDown: () => picture.move(0, -STEP),
    "+": () => picture.zoom(1.4),
    "=": () => picture.zoom(1.4),
    "-": () => picture.zoom(1 / 1.4),
    0: () => picture.fit(),
    Enter: () => told(picture.pick(picture.state.width / 2, picture.state.height / 2, 80)),
    Escape: () => told({}),
  };
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || !picture.state.view) return;
    event.preventDefault();
    keys[event.key]();
  });
}
