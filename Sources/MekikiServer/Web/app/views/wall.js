import * as api from "../api.js";
import { justify, neighbour } from "../layout.js";
import { byId, onClick, scoreLine, stamp } from "../page.js";
import { isSearch, pageCount, write } from "../state.js";
import { number, plural, word } from "../words.js";

const wall = byId("wall");
const heading = byId("heading");
const pager = byId("pager");
const [previous, pageText, next] = pager.children;
const phone = matchMedia("(max-width: 600px)");
let images = [];
let page = 1;

const idOf = (element) => Number(element?.closest(".hit")?.dataset.id);
export const focusedID = () => idOf(document.activeElement);

export function start({ onOpen, onMoreLike, onTurn }) {
  onClick(wall, ({ target }) => {
    if (target.closest(".picture")) onOpen(idOf(target));
    else if (target.closest(".more-like")) onMoreLike(idOf(target));
    else return false;
  });
  onClick(previous, () => onTurn(page - 1));
  onClick(next, () => onTurn(page + 1));
  // Images' events don't bubble: caught on their way down.
  for (const name of ["load", "error"]) {
    wall.addEventListener(name, ({ target }) => target.classList.remove("coming"), true);
  }
  new ResizeObserver(layOut).observe(wall);
}

export function show({ items }, state) {
  const before = new Map([...wall.children].map((hit) => [idOf(hit), hit]));
  images = items.map(({ image }) => image);
  wall.replaceChildren(...items.map((item) => paint(before.get(item.image.id), item, state)));
  layOut();
}

export function describe({ items, total, nothingRelevant }, state) {
  const pages = pageCount(total);
  const isFound = isSearch(state);
  page = state.page;
  heading.firstElementChild.textContent = word(isFound ? "results" : "newest");
  const key = nothingRelevant ? "nothingRelevant" : isFound ? "totalResults" : "totalImages";
  byId("total").textContent = plural(key, total);
  heading.hidden = pager.hidden = !items.length;
  pageText.textContent = word("pageOf", { page: number(page), pages: number(pages) });
  for (const [link, to] of [[previous, page - 1], [next, page + 1]]) {
    link.href = write({ ...state, page: to, id: 0 });
    link.ariaDisabled = to < 1 || to > pages;
    if (to < 1 || to > pages) link.removeAttribute("href");
  }
}

export function clear() {
  images = [];
  wall.replaceChildren();
  heading.hidden = pager.hidden = true;
}

function paint(hit, { image, reason }, state) {
  const { id, width, height, name, averageColor } = image;
  const isNew = !hit;
  hit ??= stamp("hit");
  const [link, tools] = hit.firstElementChild.children;
  const [label, like] = tools.children;
  const picture = link.firstElementChild;
  if (isNew) {
    hit.dataset.id = id;
    Object.assign(picture, { width, height, alt: name, srcset: api.thumbnails(image), src: api.thumbnail(image, 512) });
    label.textContent = name;
    like.href = `/?like=${id}`;
  }
  if (!picture.complete) picture.classList.add("coming");
  if (averageColor) link.style.backgroundColor = averageColor;
  link.href = write({ ...state, id });
  like.title = `${word("moreLike")}: ${name}`;
  hit.querySelector(".score")?.remove();
  if (reason) hit.append(scoreLine(reason, state, word("looksLike")));
  return hit;
}

function layOut() {
  const width = wall.clientWidth;
  if (!width || !images.length) return;
  const shape = phone.matches ? { width, gap: 8, target: 140 } : { width, gap: 12, target: 220 };
  const sizes = justify(images.map((image) => image.width / image.height), shape);
  wall.classList.add("laid-out");
  sizes.forEach(({ width, height }, index) => {
    const hit = wall.children[index];
    const picture = hit.querySelector("img");
    hit.style.width = picture.sizes = `${width}px`;
    picture.style.height = `${height}px`;
  });
}

export function move(key) {
  const index = images.findIndex(({ id }) => id === focusedID());
  focus(images[index < 0 ? 0 : neighbour([...wall.children], index, key)]?.id);
}

export function focus(id) {
  const link = wall.querySelector(`[data-id="${id}"] .picture`);
  link?.focus({ preventScroll: true });
  // The style's margins keep it clear of the box; a plain focus() doesn't.
  link?.scrollIntoView({ block: "nearest" });
}
