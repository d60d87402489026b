import * as api from "./api.js";
import * as arrivals from "./arrivals.js";
import * as copying from "./copy.js";
import * as keys from "./keys.js";
import { announce, byId, on, onClick } from "./page.js";
import * as pictures from "./pictures.js";
import { isSearch, listAddress, pageCount, pageSize, read, start, write } from "./state.js";
import * as box from "./views/box.js";
import * as problem from "./views/problem.js";
import * as signIn from "./views/signin.js";
import * as status from "./views/status.js";
import * as viewer from "./views/viewer.js";
import * as wall from "./views/wall.js";
import { use, word } from "./words.js";

const first = JSON.parse(byId("first-page").textContent);
const language = document.documentElement.lang;
const lists = new Map(); // by address, so that back is instant
const images = new Map(); // by id
let state = read(location.search);
let list = null; // what the wall shows,
let listIsOf = ""; // and its address
let run = 0;
let slow = 0;

const nameOf = (id) => images.get(id)?.name;

function go(next, { isForced, isReplacing, isOpened } = {}) {
  // The same address again is the same place.
  const isSame = write(next) === write(state);
  history[isReplacing || isSame ? "replaceState" : "pushState"]({ isOpened }, "", write(next));
  return render(next, { isForced });
}

function render(next, { isBack, isForced } = {}) {
  const before = state;
  state = next;
  box.show(state, nameOf);
  setTitle();
  showDetails(before);
  const address = listAddress(state);
  const known = !isForced && (listIsOf === address ? list : isBack && lists.get(address));
  if (!known) return load(address, isBack);
  run += 1;
  api.cancelList();
  setBusy(false);
  if (known !== list) show(known, address);
}

async function load(address, isBack) {
  const mine = ++run;
  api.cancelList();
  setBusy(true);
  try {
    const picture = state.image && (await pictures.find(state.image));
    if (mine !== run) return;
    if (picture === undefined) throw { status: "Picture", action: word("chooseImage"), act: arrivals.choose };
    const found = await allowed(() => api.list(state, picture));
    if (mine !== run) return;
    const last = pageCount(found.total);
    if (state.page > last) return go({ ...state, page: last }, { isReplacing: true });
    show(found, address);
    if (!isBack && !state.id) scrollTo(0, 0);
    announce(byId(found.items.length ? "total" : "empty").innerText);
  } catch (failure) {
    if (mine !== run) return;
    clear();
    problem.show({ act: () => render(state, { isForced: true }), ...failure });
    if (viewer.isOpen()) announce(viewer.warn(problem.sentence(failure)));
  } finally {
    if (mine === run) setBusy(false);
  }
}

function show(found, address) {
  list = found;
  listIsOf = address;
  lists.set(address, found);
  for (const { image } of found.items) images.set(image.id, image);
  problem.hide();
  wall.show(list, state);
  wall.describe(list, state);
  problem.showEmpty(!list.items.length, isSearch(state) && status.latest?.library.images !== 0);
  status.showNew(0);
  showDetails(state);
}

function clear() {
  list = null;
  listIsOf = "";
  wall.clear();
  status.showNew(0);
  problem.hide();
  problem.showEmpty(false, false);
}

async function allowed(work) {
  for (;;) {
    try {
      return await work();
    } catch (failure) {
      if (failure.status !== 401) throw failure;
      viewer.hide();
      await signIn.ask();
      status.show(await api.status());
    }
  }
}

const indexOf = (id) => (listIsOf === listAddress(state) ? list.items.findIndex(({ image }) => image.id === id) : -1);

async function showDetails(before) {
  const { id } = state;
  if (!id) {
    viewer.hide();
    // After the browser has restored the scroll, which would undo it.
    if (before.id) setTimeout(() => wall.focus(before.id));
    return;
  }
  const isNew = !viewer.isOpen() || before.id !== id;
  const isStep = isNew && viewer.isOpen();
  showImage();
  if (isStep) announce(nameOf(id) ?? "");
  if (!isNew) return;
  try {
    const { image, textChunks } = await allowed(() => viewer.details(id));
    images.set(id, image);
    if (id !== state.id) return;
    showImage();
    viewer.showChunks(textChunks);
    setTitle();
  } catch (failure) {
    if (id !== state.id || failure.name === "AbortError") return;
    const sentence = problem.sentence(failure);
    announce(images.has(id) ? viewer.warn(sentence) : viewer.fail(sentence));
  }
}

function showImage() {
  const { id, page } = state;
  const index = indexOf(id);
  const place = index >= 0 && { n: (page - 1) * pageSize + index + 1, count: list.total };
  const { reason } = list?.items[index] ?? {};
  viewer.show(id, images.get(id), reason, place, state);
}

/** Back where details were opened from the wall, so that forward opens them again. */
function close() {
  if (!state.id || document.body.classList.contains("signed-out")) return;
  if (history.state?.isOpened) history.back();
  else go({ ...state, id: 0 }, { isReplacing: true });
}

async function step(by) {
  const { id } = state;
  const index = indexOf(id);
  const page = state.page + by;
  let next = index < 0 || list.items[index + by];
  let { isOpened } = history.state ?? {};
  if (!next && page >= 1 && page <= pageCount(list.total)) {
    // Another page's wall lies behind from here on: closing must not go back to this one.
    isOpened = false;
    await go({ ...state, page }, { isReplacing: true });
    // Meanwhile the details may have been closed, or the page may have failed to come.
    next = state.id === id && state.page === page && list?.items.at(by > 0 ? 0 : -1);
  }
  if (next?.image) go({ ...state, id: next.image.id }, { isReplacing: true, isOpened });
}

const moreLike = (id = state.id) => go({ ...start, like: [id] });

async function searchByPicture(file) {
  if (file.size > status.latest?.limits.uploadBytes) return refuse(413);
  const mine = ++run;
  setBusy(true);
  try {
    const image = await pictures.keep(file);
    // Whoever went on meanwhile does not want it any more.
    if (mine === run) go({ ...start, image });
  } catch {
    // A folder can't be read as a file.
    if (mine === run) refuse(415);
    setBusy(false);
  }
}

function refuse(code) {
  close();
  problem.show({ status: code, action: word("close"), act: problem.hide, isAbove: true });
  setTimeout(() => scrollTo(0, 0), 50);
}

function setTitle() {
  const list = isSearch(state) && (state.q || word("results"));
  document.title = [nameOf(state.id), list, word("title")].filter(Boolean).join(" – ");
}

function setBusy(isBusy) {
  clearTimeout(slow);
  byId("progress").hidden = true;
  if (isBusy) slow = setTimeout(() => (byId("progress").hidden = false), 300);
}

function speak(other) {
  document.cookie = `mekiki_lang=${other}; path=/; SameSite=Strict; max-age=31536000`;
  location.reload();
}

function listen() {
  const other = language === "ja" ? "en" : "ja";
  on(byId("language"), "click", () => speak(other));
  onClick(document.querySelector(".brand"), () => go(start, { isForced: true }));
  on(window, "popstate", () => render(read(location.search), { isBack: true }));
  box.start({
    onSearch: (q) => go({ ...state, q, page: 1, id: 0 }, { isForced: true }),
    onRemove: (like) =>
      go({ ...start, q: box.typed(), image: like ? state.image : "", like: state.like.filter((id) => id !== like) }),
  });
  viewer.start({ onClose: close, onStep: step, onMoreLike: () => moreLike() });
  signIn.start();
  copying.start();
  arrivals.start({ onPicture: searchByPicture, onRefused: () => refuse(415) });
  keys.start({ box, wall, viewer, step, moreLike });
  status.start({
    onStatus: () => listIsOf === "/" && status.showNew(status.latest.library.images - list.total),
    onProblem: ({ status: code }) => code === 401 && render(state, { isForced: true }),
    onShowNew: () => go(start, { isForced: true, isReplacing: true }),
  });
}

// Up to the first `await`: before the first paint.
async function begin() {
  const page = first?.page && api.asList(first.page);
  const found = state.page <= pageCount(page?.total) ? page : null;
  byId("detail")?.remove();
  wall.start({
    onOpen: (id) => go({ ...state, id }, { isOpened: true }),
    onMoreLike: moreLike,
    onTurn: (page) => go({ ...state, page, id: 0 }),
  });
  if (first) status.show(first.status);
  if (found) wall.show(found, state);
  else clear();
  use(language, await (await fetch(`/words/${language}.json`)).json());
  listen();
  await allowed(async () => status.show(first?.status ?? (await api.status())));
  if (found) show(found, listAddress(state));
  // As when coming back: the browser restores the scroll.
  render(state, { isBack: true });
}

begin().catch((failure) => problem.show({ ...failure, act: () => location.reload() }));
