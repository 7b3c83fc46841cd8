// Numbers and times as text. A missing number is 0, so that an idle gauge is not "NaN".

const numbers = new Map();

function plain(value, digits) {
  let format = numbers.get(digits);
  if (!format) {
    format = new Intl.NumberFormat("en", { maximumFractionDigits: digits, useGrouping: true });
    numbers.set(digits, format);
  }
  return format.format(value);
}

export function finite(value) {
  return Number.isFinite(value) ? value : 0;
}

/** Three significant digits at most, so that a column of them stays narrow. */
export function number(value) {
  const sane = finite(value);
  const size = Math.abs(sane);
  if (size >= 1_000_000) {
    return `${plain(sane / 1_000_000, 1)} M`;
  }
  if (size >= 10_000) {
    return `${plain(sane / 1_000, 1)} k`;
  }
  return plain(sane, size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** A whole number with all its digits. */
export const count = (value) => plain(finite(value), 0);

export const rate = (value) => `${number(value)}/s`;
export const cores = (value) => `${number(value)} ${finite(value) === 1 ? "core" : "cores"}`;

export function millis(value) {
  const sane = finite(value);
  return sane >= 1_000 ? `${plain(sane / 1_000, sane < 10_000 ? 2 : 1)} s` : `${number(sane)} ms`;
}

export function bytes(value) {
  const sane = finite(value);
  return sane >= 2 ** 30 ? `${plain(sane / 2 ** 30, 2)} GiB` : `${plain(sane / 2 ** 20, 0)} MiB`;
}

/** Of an instant in milliseconds; with the date where it is not of today. */
export function clock(time) {
  const at = new Date(time);
  const text = at.toLocaleTimeString("en-GB");
  return at.toDateString() === new Date().toDateString() ? text : `${at.toLocaleDateString("en-GB")} ${text}`;
}

/** A span in milliseconds, in its two largest units. */
export function span(millisOfIt) {
  const seconds = Math.max(0, Math.round(finite(millisOfIt) / 1_000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const hours = Math.floor(seconds / 3_600);
  return hours < 24 ? `${hours} h ${Math.floor((seconds % 3_600) / 60)} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A duration in ISO 8601 as the routes have it: PT1M30S is 1 min 30 s. */
export function duration(iso) {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso ?? "") ?? [];
  return [[hours, "h"], [minutes, "min"], [seconds, "s"]]
    .filter(([value]) => value !== undefined)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}
