import * as api from "../api.js";
import { byId, on, onClick } from "../page.js";
import { plural } from "../words.js";

const every = 15_000;
const dismissed = "mekiki-starter-dismissed";
const newImages = byId("new-images");

export let latest = null;

export function start({ onStatus, onProblem, onShowNew }) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      show(await api.status());
      onStatus();
    } catch (problem) {
      onProblem(problem);
    }
  }, every);
  on(byId("starter-close"), "click", () => {
    sessionStorage.setItem(dismissed, "1");
    show(latest);
  });
  onClick(newImages.lastElementChild, onShowNew);
}

export function show(status) {
  latest = status;
  const { library, model } = status;
  byId("starter").hidden = !model.isStarter || sessionStorage.getItem(dismissed) !== null;
  byId("waiting").hidden = !library.waiting;
  byId("waiting").textContent = plural("waiting", library.waiting);
}

export function showNew(count) {
  newImages.hidden = count < 1;
  newImages.firstElementChild.textContent = plural("newImages", count);
}
