// How figures, times and the texts of others are said.

const UNKNOWN = "unknown";
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds as the reports say them: "12 ms", "1.2 s", "3 min 05 s", "2 h 05 min". */
export function duration(seconds) {
  if (seconds == null) {
    return UNKNOWN;
  }
  if (seconds > 0 && seconds < 0.1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (Math.round(seconds * 10) / 10 < MINUTE) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < HOUR) {
    return `${Math.floor(whole / MINUTE)} min ${two(whole % MINUTE)} s`;
  }
  const minutes = Math.round(seconds / MINUTE);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** Of what goes on: whole seconds, for tenths would never stand still. */
export function soFar(seconds) {
  return seconds < MINUTE ? `${Math.floor(seconds)} s` : duration(seconds);
}

export function dollars(usd) {
  if (usd == null) {
    return UNKNOWN;
  }
  return usd > 0 && usd < 0.005 ? "under $0.01" : `$${usd.toFixed(2)}`;
}

export function percent(part) {
  return part == null ? UNKNOWN : `${Math.round(part * 100)} %`;
}

export function times(factor) {
  return factor == null ? UNKNOWN : `${factor.toFixed(1)}×`;
}

export function megabytes(bytes) {
  return bytes == null ? UNKNOWN : `${Math.round(bytes / 1e6)} MB`;
}

/** What is measured side by side is slower than alone: so what derives from it is a bound. */
export function atMost(text) {
  return text === UNKNOWN ? text : `at most ${text}`;
}

export function number(n) {
  return n.toLocaleString("en");
}

/** "1 task", "10,000 tasks". */
export function counted(n, one, many = `${one}s`) {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** An instant as "2026-11-27 14:03", where the reader is. */
export function moment(iso) {
  if (iso == null) {
    return UNKNOWN;
  }
  const at = new Date(iso);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

function two(n) {
  return String(n).padStart(2, "0");
}

/** Seconds from an instant until now. */
export function secondsSince(iso) {
  return Math.max(0, (Date.now() - Date.parse(iso)) / 1000);
}

// What moves the cursor of a terminal, hides, or turns the direction of what stands beside it.
const DECEPTIVE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const COLOURS = /\u001b\[[0-9;]*m/g;

/** A text of somebody else, with what cannot be seen in it made visible. */
export function visible(text) {
  return String(text ?? "")
    .replace(COLOURS, "")
    .replace(/\r\n/g, "\n")
    .replace(DECEPTIVE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The same as one line. */
export function line(text) {
  return visible(text).replace(/\s+/g, " ").trim();
}
