import { byId, on } from "./page.js";

export const choose = () => byId("file").click();

export function start({ onPicture, onRefused }) {
  const hint = byId("drop");
  let isOwnDrag = false;

  // A file without a known type may still be a picture; the server looks at its first bytes.
  const take = (files) => {
    const picture = [...files].find(({ type }) => !type || type.startsWith("image/"));
    if (picture) onPicture(picture);
    else onRefused();
  };
  const onDrag = (name, work) =>
    on(document, name, (event) => {
      const hasFiles = event.dataTransfer.types.includes("Files");
      if (isOwnDrag || (!hasFiles && event.target.id === "words")) return;
      event.preventDefault();
      work(event, hasFiles);
    });

  on(document, "dragstart", () => (isOwnDrag = true));
  on(document, "dragend", () => (isOwnDrag = false));
  onDrag("dragover", (event, hasFiles) => hint.togglePopover(hasFiles));
  onDrag("dragleave", (event) => event.relatedTarget || hint.hidePopover());
  onDrag("drop", (event) => {
    hint.hidePopover();
    take(event.dataTransfer.files);
  });
  on(document, "paste", (event) => {
    const { files, types } = event.clipboardData;
    const picture = [...files].find(({ type }) => type.startsWith("image/"));
    // Office programs put a picture of the text beside the text; in the box, the text is meant.
    if (!picture || (types.includes("text/plain") && event.target.id === "words")) return;
    event.preventDefault();
    onPicture(picture);
  });
  on(byId("choose"), "click", choose);
  on(byId("file"), "change", ({ target }) => {
    if (target.files.length) take(target.files);
    target.value = "";
  });
}
