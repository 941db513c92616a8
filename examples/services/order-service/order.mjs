const FREE_SHIPPING_CENTS = 5000;
const SHIPPING_CENTS = 490;

/** Share that is taken off, by the number of pieces of one product. */
const DISCOUNTS = [
  { pieces: 100, percent: 15 },
  { pieces: 20, percent: 10 },
  { pieces: 5, percent: 5 },
];

/** The price of some pieces of one product, in cents. */
export function linePrice({ pieces, cents }) {
  if (!Number.isInteger(pieces) || pieces < 1) {
    throw new RangeError(`not a number of pieces: ${pieces}`);
  }
  const percent = DISCOUNTS.find((each) => pieces >= each.pieces)?.percent ?? 0;
  return Math.round((pieces * cents * (100 - percent)) / 100);
}

/** What an order costs in cents: goods, shipping and all. Nothing ordered costs nothing. */
export function total(lines) {
  const goods = lines.reduce((sum, line) => sum + linePrice(line), 0);
  const shipping = goods === 0 || goods >= FREE_SHIPPING_CENTS ? 0 : SHIPPING_CENTS;
  return { goods, shipping, sum: goods + shipping };
}

const STEPS = { placed: ["paid", "cancelled"], paid: ["sent", "cancelled"], sent: ["returned"] };

/** Whether an order may go from one state to another. */
export function mayBecome(from, to) {
  return (STEPS[from] ?? []).includes(to);
}
