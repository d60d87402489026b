export const byId = (id) => document.getElementById(id);

export const stamp = (template) => byId(template).content.firstElementChild.cloneNode(true);

export const on = (target, name, work) => target.addEventListener(name, work);

export function onClick(element, work) {
  on(element, "click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (work(event) !== false) event.preventDefault();
  });
}

/** Says it to screen readers; inside an open dialog, since the rest of the page is silent then. */
export function announce(text) {
  const live = document.querySelector("dialog[open] [role=status]") ?? byId("live");
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

// Words give cosines of about 0.1 to 0.5, pictures up to 1. A fixed scale for each kind of search
// keeps a bar's length comparable between pages and between searches.
export function scoreLine({ score, scoreKind, words }, { like, image }, title) {
  const line = stamp("score");
  const [bar, text] = line.children;
  const full = scoreKind !== "cosine" ? 10 : like.length || image ? 1 : 0.5;
  bar.firstElementChild.setAttribute("width", Math.min(1, Math.max(0, score / full)));
  text.textContent = score.toFixed(3);
  line.title = title && (words ?? title);
  return line;
}
