import assert from "node:assert/strict";
import { test } from "node:test";
import { linePrice, mayBecome, total } from "./order.mjs";

for (const [pieces, cents, expected] of [
  [1, 1999, 1999],
  [4, 1000, 4000],
  [5, 1000, 4750],
  [19, 100, 1805],
  [20, 100, 1800],
  [99, 100, 8910],
  [100, 100, 8500],
  [5, 1, 5],
  [7, 333, 2214],
  [3, 0, 0],
]) {
  test(`${pieces} pieces at ${cents} cents cost ${expected}`, () => {
    assert.equal(linePrice({ pieces, cents }), expected);
  });
}

for (const pieces of [0, -1, 1.5, Number.NaN]) {
  test(`${pieces} pieces cannot be ordered`, () => {
    assert.throws(() => linePrice({ pieces, cents: 100 }), RangeError);
  });
}

for (const [lines, expected] of [
  [[], { goods: 0, shipping: 0, sum: 0 }],
  [[[1, 4510]], { goods: 4510, shipping: 490, sum: 5000 }],
  [[[1, 4999]], { goods: 4999, shipping: 490, sum: 5489 }],
  [[[1, 5000]], { goods: 5000, shipping: 0, sum: 5000 }],
  [[[1, 2500], [1, 2500]], { goods: 5000, shipping: 0, sum: 5000 }],
  [[[5, 1000], [1, 1]], { goods: 4751, shipping: 490, sum: 5241 }],
]) {
  test(`${lines.length} lines for ${expected.goods} cents cost ${expected.sum}`, () => {
    assert.deepEqual(total(lines.map(([pieces, cents]) => ({ pieces, cents }))), expected);
  });
}

for (const [from, to, expected] of [
  ["placed", "paid", true],
  ["placed", "cancelled", true],
  ["placed", "sent", false],
  ["placed", "returned", false],
  ["paid", "sent", true],
  ["paid", "cancelled", true],
  ["paid", "placed", false],
  ["sent", "returned", true],
  ["sent", "cancelled", false],
  ["returned", "sent", false],
  ["cancelled", "paid", false],
  ["placed", "placed", false],
  ["unknown", "paid", false],
]) {
  test(`an order that is ${from} ${expected ? "may" : "may not"} become ${to}`, () => {
    assert.equal(mayBecome(from, to), expected);
  });
}
