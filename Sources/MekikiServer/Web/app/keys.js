import { byId, on } from "./page.js";

export function start({ box, wall, viewer, step, moreLike }) {
  const help = byId("keys");
  const showHelp = () => (help.open ? help.close() : help.showModal());
  on(byId("keys-open"), "click", showHelp);

  const inHelp = { "?": showHelp };
  const inBox = { ArrowDown: wall.move };
  const inViewer = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    m: () => moreLike(),
    "+": () => viewer.zoom(true),
    "-": () => viewer.zoom(false),
    "?": showHelp,
  };
  const onPage = { "/": box.focus, ArrowLeft: wall.move, ArrowRight: wall.move, "?": showHelp };
  const onHit = { ...onPage, ArrowUp: wall.move, ArrowDown: wall.move, m: () => moreLike(wall.focusedID()) };

  on(document, "keydown", (event) => {
    const { key, target, isComposing, ctrlKey, metaKey, altKey } = event;
    if (isComposing || ctrlKey || metaKey || altKey || target.id === "token") return;
    const behind = target.id === "words" ? inBox : wall.focusedID() ? onHit : onPage;
    const keys = help.open ? inHelp : viewer.isOpen() ? inViewer : behind;
    if (!Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key](key);
  });
}
