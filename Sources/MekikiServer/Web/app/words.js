let table = {};
let language = "en";

export function use(newLanguage, newTable) {
  language = newLanguage;
  table = newTable;
}

export const insert = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const word = (key, values) => insert(table[key] ?? "", values);

export function plural(key, n) {
  const isOne = new Intl.PluralRules(language).select(n) === "one";
  return word(key + (isOne ? "One" : "Other"), { n: number(n) });
}

export const number = (value, style) => new Intl.NumberFormat(language, style).format(value);

export function bytes(count) {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const unit = ["byte", "kilobyte", "megabyte", "gigabyte"][step];
  return number(count / 1000 ** step, { style: "unit", unit, maximumSignificantDigits: 3 });
}

/** A camera's time has no zone: read as the reader's own, it stays as the camera wrote it. */
export function moment(text) {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(date);
}
