import * as api from "../api.js";
import { byId, on, stamp } from "../page.js";
import * as pictures from "../pictures.js";
import { word } from "../words.js";

const field = byId("words");
const chips = byId("chips");
let query = null;
let shown = "";
let address = "";

export function start({ onSearch, onRemove }) {
  on(field, "keydown", (event) => {
    // Safari ends the composition before the Enter that accepts it, and tells by 229 alone.
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  });
  on(byId("box"), "submit", (event) => {
    event.preventDefault();
    // A phone's keyboard would cover what was found.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
    onSearch(typed());
  });
  on(chips, "click", ({ target }) => {
    if (!target.closest("button")) return;
    onRemove(Number(target.closest("li").dataset.like));
    focus();
  });
}

export function focus() {
  field.focus();
  field.select();
}

export const typed = () => field.value.trim();

export async function show({ q, like, image }, nameOf) {
  if (q !== query) field.value = query = q;
  const wanted = JSON.stringify([image, like, like.map(nameOf)]);
  if (wanted === shown) return;
  shown = wanted;
  const all = like.map((id) => chip(word("likeChip", { name: nameOf(id) ?? `#${id}` }), api.thumbnail({ id }, 256), id));
  const picture = image && (await pictures.find(image));
  if (wanted !== shown) return;
  URL.revokeObjectURL(address);
  address = picture ? URL.createObjectURL(picture) : "";
  if (picture) all.push(chip(picture.label, address, 0));
  chips.replaceChildren(...all);
}

function chip(name, source, like) {
  const item = stamp("chip");
  const [picture, text, button] = item.children;
  picture.src = source;
  text.textContent = name;
  button.title = word("chipRemove", { name });
  item.dataset.like = like;
  return item;
}
