import * as api from "../api.js";
import { byId, on, onClick, scoreLine, stamp } from "../page.js";
import { bytes, moment, number, plural, word } from "../words.js";

const dialog = byId("viewer");
const stage = byId("stage");
const [large, previous, next] = stage.children;
const [open, download] = dialog.querySelectorAll("[target], [download]");
const actions = dialog.querySelector(".actions");
const title = byId("viewer-name");
const facts = byId("facts");
const chunks = byId("chunks");
let shown = 0;
let request = null;

export function zoom(isLarge) {
  stage.classList.toggle("zoomed", isLarge);
  stage.scrollTo((stage.scrollWidth - stage.clientWidth) / 2, (stage.scrollHeight - stage.clientHeight) / 2);
}

export const isOpen = () => dialog.open;

export function start({ onClose, onStep, onMoreLike }) {
  on(dialog, "close", () => dialog.open || onClose());
  on(large, "click", () => zoom());
  // Without its address it is asked for again the next time.
  on(large, "error", () => large.removeAttribute("src"));
  // A touchpad's pinch is a wheel with ctrlKey.
  on(stage, "wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0);
  });
  on(byId("viewer-close"), "click", () => dialog.close());
  on(previous, "click", () => onStep(-1));
  on(next, "click", () => onStep(1));
  onClick(byId("viewer-like"), onMoreLike);
}

export function hide() {
  request?.abort();
  shown = 0;
  dialog.close();
}

export function show(id, image, reason, place, state) {
  if (id !== shown) {
    shown = id;
    zoom(false);
    chunks.hidden = true;
    chunks.open = false;
    byId("panel").scrollTop = 0;
    fail("");
  }
  byId("position").textContent = place ? `${number(place.n)} / ${number(place.count)}` : "";
  // Not `disabled`: that would throw the focus out of the dialog while a page loads.
  previous.ariaDisabled = !place || place.n === 1;
  next.ariaDisabled = !place || place.n === place.count;
  if (image) {
    showPicture(image);
    showFacts(image, reason, state);
  }
  if (!dialog.open) dialog.showModal();
}

export function details(id) {
  request?.abort();
  request = new AbortController();
  return api.details(id, request.signal);
}

/** Nothing is known of the image but why. */
export function fail(sentence) {
  large.hidden = actions.hidden = true;
  facts.replaceChildren();
  return (title.textContent = sentence);
}

/** What is known stays, with a sentence about what is missing. */
export function warn(sentence) {
  return (byId("position").textContent = sentence);
}

function showPicture(image) {
  const { id, name, width, height } = image;
  const source = api.thumbnail(image, 2048);
  byId("viewer-like").href = `/?like=${id}`;
  open.href = download.href = `/api/v1/images/${id}/file`;
  download.download = title.textContent = large.alt = name;
  large.hidden = actions.hidden = false;
  if (large.getAttribute("src") === source) return;
  large.style.setProperty("--ratio", width / height);
  large.style.setProperty("--natural", `${width}px`);
  // The wall's thumbnail is at hand and fills the time until the large one is.
  large.style.backgroundImage = `url("${api.thumbnail(image, 512)}")`;
  large.src = source;
}

function showFacts(image, reason, state) {
  const { cameraMake = "", cameraModel = "" } = image;
  // Many cameras write their maker into the model too.
  const camera = cameraModel.startsWith(cameraMake) ? cameraModel : `${cameraMake} ${cameraModel}`;
  const score = reason?.scoreKind === "cosine" ? reason.score : null;
  const similarity = fact("similarity", score?.toFixed(3) ?? "N/A");
  if (reason) similarity.append(scoreLine(reason, state, "").firstElementChild);
  facts.replaceChildren(
    fact("fileName", image.name),
    ...image.files.map(folder),
    fact("reason", reason && (reason.words ?? word("looksLike"))),
    fact("relevance", word(reason?.relevance)),
    similarity,
    fact("distance", score === null ? "N/A" : (-score).toFixed(3)),
    fact("takenAt", image.takenAt && moment(image.takenAt)),
    fact("camera", camera.trim()),
    fact("pixels", `${image.width} × ${image.height}`),
    fact("byteSize", bytes(image.byteCount)),
    fact("addedAt", moment(image.addedAt)),
  );
}

function folder({ path, isMissing }) {
  const row = fact("folder", path.slice(0, path.lastIndexOf("/")) || "/");
  if (isMissing) row.firstElementChild.append(` (${word("fileMissing")})`);
  return row;
}

function chunk({ key, text }) {
  const row = fact("text", text, key);
  row.dataset.testid = "chunk";
  return row;
}

function fact(key, value, name = word(key)) {
  if (!value) return "";
  const row = stamp("fact");
  const [label, text, button] = row.children;
  label.textContent = name;
  text.textContent = button.value = value;
  text.dataset.testid = key;
  button.title = `${word("copy")}: ${name}`;
  return row;
}

export function showChunks(all) {
  const [summary, place] = chunks.children;
  chunks.hidden = !all.length;
  summary.textContent = plural("chunks", all.length);
  place.replaceChildren(...all.map(chunk));
}
