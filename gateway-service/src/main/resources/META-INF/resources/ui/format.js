// Numbers and times for people. Formatters are kept: creating one takes longer than using it a hundred times.

const CLOCK = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
const WEEKDAY = new Intl.DateTimeFormat([], { weekday: "long" });
const DAY = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long" });
const DATE = new Intl.DateTimeFormat([], { day: "numeric", month: "long", year: "numeric" });
const SHORT_DATE = new Intl.DateTimeFormat([], { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat([], { dateStyle: "full", timeStyle: "medium" });
const DAY_MS = 86_400_000;

/** The time of day. */
export const clockOf = (date) => CLOCK.format(date);

/** Date and time in full. */
export const fullTimeOf = (date) => FULL.format(date);

/** Days since some day, in the time zone of the reader. */
export function dayNumber(date) {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / DAY_MS);
}

/** "Today", "Monday" or a date. */
export function dayOf(date, now = new Date()) {
  const ago = dayNumber(now) - dayNumber(date);
  if (ago === 0 || ago === 1) {
    return ago === 0 ? "Today" : "Yesterday";
  }
  return (date.getFullYear() === now.getFullYear() ? DAY : DATE).format(date);
}

/** The shortest that is clear: a time today, a day this week, else a date. */
export function briefTimeOf(date, now = new Date()) {
  const ago = dayNumber(now) - dayNumber(date);
  if (ago <= 0) {
    return CLOCK.format(date);
  }
  if (ago < 7) {
    return ago === 1 ? "Yesterday" : WEEKDAY.format(date);
  }
  return (date.getFullYear() === now.getFullYear() ? SHORT_DATE : DATE).format(date);
}

/** "1 message", "2 messages". */
export function countOf(number, noun) {
  return `${number.toLocaleString()} ${noun}${number === 1 ? "" : "s"}`;
}

/** A size in bytes. */
export function readableSize(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${(bytes / 1000 ** unit).toLocaleString([], { maximumFractionDigits: unit === 0 ? 0 : 1 })} ${units[unit]}`;
}

/** The beginnings of up to two words of a name. */
export function initialsOf(name) {
  const words = name.trim().split(/\s+/u);
  const letters = (words.length > 1 ? [words[0], words.at(-1)] : words).map((word) => [...word][0] ?? "");
  return letters.join("").toUpperCase();
}

/** One of six colours, always the same for the same id: the class `tint-0` to `tint-5` of theme.css. */
export function tintOf(id) {
  let hash = 0;
  for (const character of id) {
    hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  }
  return `tint-${hash % 6}`;
}
