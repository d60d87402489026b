export const pageSize = 16;
export const start = Object.freeze({ q: "", like: [], image: "", page: 1, id: 0 });

const number = (text) => (/^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : 0);
const lastPage = 10_000_000;

export function read(search) {
  const fields = new URLSearchParams(search);
  const image = fields.get("image") ?? "";
  return {
    q: (fields.get("q") ?? "").trim().slice(0, 2000),
    like: [...new Set(fields.getAll("like").map(number))].filter(Boolean).slice(0, 16),
    image: /^[0-9a-f]{16}$/.test(image) ? image : "",
    page: Math.min(number(fields.get("page")), lastPage) || 1,
    id: number(fields.get("id")),
  };
}

export function write({ q, like, image, page, id }) {
  const fields = query({ q, like });
  if (image) fields.set("image", image);
  if (page > 1) fields.set("page", page);
  if (id) fields.set("id", id);
  return fields.size ? `/?${fields}` : "/";
}

export function query({ q, like }) {
  const fields = new URLSearchParams(q && { q });
  for (const id of like) fields.append("like", id);
  return fields;
}

export const isSearch = ({ q, like, image }) => Boolean(q || like.length || image);

export const listAddress = (state) => write({ ...state, id: 0 });

export const pageCount = (total) => Math.max(1, Math.ceil(total / pageSize));
