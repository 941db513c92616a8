import assert from "node:assert/strict";
import { test } from "node:test";
import { issue, verify, weaknesses } from "./token.mjs";

const NOW = 1_000_000;
const SECRET = "correct horse battery staple";

for (const user of ["ada", "grace.hopper", "用户", "o'neill", "a b", "x".repeat(500), "{}", "."]) {
  test(`a token names the user ${user.slice(0, 20)}`, () => {
    assert.equal(verify(issue(user, SECRET, NOW), SECRET, NOW), user);
  });
}

for (const [after, valid] of [[0, true], [1, true], [59, true], [60, false], [61, false], [9e9, false]]) {
  test(`a token of 60 seconds is ${valid ? "good" : "past"} after ${after}`, () => {
    const token = issue("ada", SECRET, NOW, 60);
    assert.equal(verify(token, SECRET, NOW + after), valid ? "ada" : null);
  });
}

for (const token of ["", ".", "..", "a", "a.b", "a.b.c", "null", "e30.e30"]) {
  test(`"${token}" is no token`, () => {
    assert.equal(verify(token, SECRET, NOW), null);
  });
}

test("a token signed with another secret is refused", () => {
  assert.equal(verify(issue("ada", "another", NOW), SECRET, NOW), null);
});

test("a token for another user needs another signature", () => {
  const [, signed] = issue("ada", SECRET, NOW).split(".");
  const [payload] = issue("root", SECRET, NOW).split(".");
  assert.equal(verify(`${payload}.${signed}`, SECRET, NOW), null);
});

for (const [password, expected] of [
  ["correct horse 7", []],
  ["пароль-пароль-1", []],
  ["1234567890ab", []],
  ["short1", ["shorter than 12 characters"]],
  ["123456789012", ["no letter"]],
  ["correct horse", ["no digit"]],
  ["", ["shorter than 12 characters", "no letter", "no digit"]],
  ["aaaaaaaaaaaa", ["no digit", "one character only"]],
  ["111111111111", ["no letter", "one character only"]],
  ["!!!", ["shorter than 12 characters", "no letter", "no digit", "one character only"]],
]) {
  test(`"${password}" has ${expected.length} weaknesses`, () => {
    assert.deepEqual(weaknesses(password), expected);
  });
}
