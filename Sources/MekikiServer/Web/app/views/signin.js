import * as api from "../api.js";
import { byId, on } from "../page.js";
import { sentence } from "./problem.js";

let waiting = null;

export function ask() {
  const form = byId("sign-in");
  const wrong = byId("sign-in-wrong");
  waiting ??= new Promise((resolve) => {
    document.body.classList.add("signed-out");
    byId("token").focus();
    form.onsubmit = async (event) => {
      event.preventDefault();
      wrong.hidden = true;
      try {
        await api.signIn(byId("token").value);
        form.reset();
        waiting = null;
        document.body.classList.remove("signed-out");
        byId("sign-out").hidden = false;
        resolve();
      } catch (problem) {
        wrong.textContent = sentence(problem);
        wrong.hidden = false;
        byId("token").select();
      }
    };
  });
  return waiting;
}

export function start() {
  on(byId("sign-out"), "click", async () => {
    await api.signOut().catch(() => {});
    location.assign("/");
  });
}
