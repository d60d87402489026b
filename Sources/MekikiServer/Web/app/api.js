import { isSearch, pageSize, query } from "./state.js";

/** A server that can't be reached gives status 0. */
async function ask(path, options) {
  const answer = await fetch(path, options).catch((error) => {
    throw error.name === "AbortError" ? error : { status: 0 };
  });
  if (answer.status === 204) return null;
  if (answer.ok) return answer.json();
  const { detail } = await answer.json().catch(() => ({}));
  throw { status: answer.status, detail };
}

const send = (path, body, type, signal) =>
  ask(path, { method: "POST", body, signal, headers: { "Content-Type": type } });

let listing = null;

export async function list(state, picture) {
  cancelList();
  listing = new AbortController();
  const { signal } = listing;
  const fields = query(state);
  fields.set("limit", pageSize);
  fields.set("offset", (state.page - 1) * pageSize);
  const path = `/api/v1/${isSearch(state) ? "search" : "images"}?${fields}`;
  if (!picture) return asList(await ask(path, { signal }));
  const type = picture.type.startsWith("image/") ? picture.type : "application/octet-stream";
  return asList(await send(path, picture, type, signal));
}

export const cancelList = () => listing?.abort();

export function asList({ total, nothingRelevant, hits, images }) {
  return { total, nothingRelevant, items: hits?.map(found) ?? images.map((image) => ({ image })) };
}

// How much it looks like what was asked; without that, how well its words fit.
function found({ image, relevance, reasons }) {
  const reason = reasons.find(({ channel }) => channel === "image") ?? reasons[0];
  return { image, reason: reason && { ...reason, relevance, words: reasons.find(({ snippet }) => snippet)?.snippet } };
}

export const details = (id, signal) => ask(`/api/v1/images/${id}`, { signal });
export const status = () => ask("/api/v1/status");
export const signOut = () => ask("/api/v1/session", { method: "DELETE" });

export const signIn = (token) => send("/api/v1/session", JSON.stringify({ token }), "application/json");

export const thumbnail = ({ id, hash }, size) =>
  `/api/v1/images/${id}/thumbnail?size=${size}${hash ? `&v=${hash.slice(0, 16)}` : ""}`;

export function thumbnails(image) {
  const longer = Math.max(image.width, image.height);
  const sizes = [256, 512, 1024].filter((size) => size === 256 || size < longer * 2);
  const width = (size) => Math.round(image.width * Math.min(1, size / longer));
  return sizes.map((size) => `${thumbnail(image, size)} ${width(size)}w`).join(", ");
}
