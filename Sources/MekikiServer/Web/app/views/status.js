import * as api from "../api.js";
import { byId, on, onClick } from "../page.js";
import { plural } from "../words.js";

const every = 15_000;
// A cookie of this session: where a browser keeps no site data, reading its storages throws.
const dismissed = "mekiki_starter=0";
const newImages = byId("new-images");

export let latest = null;

export function start({ onStatus, onProblem, onShowNew }) {
  setInterval(async () => {
    // While signed out, each refusal would start the wall's request anew.
    if (document.hidden || document.body.classList.contains("signed-out")) return;
    try {
      show(await api.status());
      onStatus();
    } catch (problem) {
      onProblem(problem);
    }
  }, every);
  on(byId("starter-close"), "click", () => {
    document.cookie = `${dismissed}; path=/; SameSite=Strict`;
    show(latest);
  });
  onClick(newImages.lastElementChild, onShowNew);
}

export function show(status) {
  latest = status;
  const { library, model } = status;
  byId("starter").hidden = !model.isStarter || document.cookie.includes(dismissed);
  byId("waiting").hidden = !library.waiting;
  byId("waiting").textContent = plural("waiting", library.waiting);
}

export function showNew(count) {
  newImages.hidden = count < 1;
  newImages.firstElementChild.textContent = plural("newImages", count);
}
