import { createHmac, timingSafeEqual } from "node:crypto";

const HOUR_SECONDS = 3600;

function signature(payload, secret) {
  return createHmac("sha256", secret).update(payload).digest("base64url");
}

/** A signed token that names a user and ends at a time in seconds. */
export function issue(user, secret, now, seconds = HOUR_SECONDS) {
  const claims = { user, ends: now + seconds };
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${payload}.${signature(payload, secret)}`;
}

/** The user whom a token names; null when it is forged, cut short or past its end. */
export function verify(token, secret, now) {
  const [payload, given, ...rest] = token.split(".");
  if (!payload || !given || rest.length > 0) {
    return null;
  }
  const expected = Buffer.from(signature(payload, secret));
  const actual = Buffer.from(given);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    return null;
  }
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  return now < claims.ends ? claims.user : null;
}

/** What makes a password too weak; an empty list for a good one. */
export function weaknesses(password) {
  const rules = [
    ["shorter than 12 characters", password.length < 12],
    ["no letter", !/\p{L}/u.test(password)],
    ["no digit", !/\d/.test(password)],
    ["one character only", new Set(password).size === 1],
  ];
  return rules.filter(([, broken]) => broken).map(([name]) => name);
}
