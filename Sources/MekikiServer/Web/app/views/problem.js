import { byId } from "../page.js";
import { bytes, word } from "../words.js";
import { latest } from "./status.js";

const box = byId("problem");
const [text, small, button] = box.children;

export function sentence({ status }) {
  const key = status === 422 ? 415 : status >= 500 ? 500 : status;
  return word(`problem${key}`, { size: bytes(latest?.limits.uploadBytes ?? 0) }) || word("problemOther");
}

/** `isAbove` leaves the wall as it is; otherwise the sentence stands in its place. */
export function show({ status, detail = "", action = word("retry"), act, isAbove = false }) {
  // Where not even the words have come, what the server wrote stays.
  text.textContent = sentence({ status }) || text.textContent;
  small.textContent = detail;
  button.textContent = action || button.textContent;
  button.onclick = (event) => {
    event.preventDefault();
    act();
  };
  box.classList.toggle("above", isAbove);
  box.hidden = false;
}

export function hide() {
  box.hidden = true;
}

export function showEmpty(isShown, isSearch) {
  byId("empty").hidden = !isShown;
  byId("no-results").hidden = !isSearch;
  byId("no-images").hidden = isSearch;
}
