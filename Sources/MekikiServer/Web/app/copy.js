import { announce, on } from "./page.js";
import { word } from "./words.js";

export function start() {
  on(document, "click", async ({ target }) => {
    const button = target.closest("[data-testid=copy]");
    if (!button) return;
    const isCopied = await copy(button);
    announce(word(isCopied ? "copied" : "problemOther"));
    const icon = button.querySelector("use");
    icon.setAttribute("href", isCopied ? "#done" : "#close");
    setTimeout(() => icon.setAttribute("href", "#copy"), 1500);
  });
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.value);
    return true;
  } catch {
    // Plain http from another machine has no clipboard. The area has to lie beside the button:
    // outside an open dialog it could not be selected.
    const area = document.createElement("textarea");
    area.className = "unseen";
    area.value = button.value;
    button.after(area);
    area.select();
    try {
      return document.execCommand("copy");
    } finally {
      area.remove();
      button.focus();
    }
  }
}
