// Measures the contrast of all text that can be seen, and of symbols, to what is below it.
// Arguments: the least for text, the least for symbols. Returns { texts, faults }.
const [leastOfText, leastOfSymbols] = arguments;
const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext(
  "2d",
  { willReadFrequently: true },
);

/** Red, green, blue and opacity, from 0 to 1, of a colour in whichever notation. */
function channels(colour) {
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
}

function over([r, g, b, a], below) {
  return [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
}

function below(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    layers.push(channels(getComputedStyle(at).backgroundColor));
  }
  return layers.reverse().reduce((under, layer) => over(layer, under), [1, 1, 1]);
}

function luminance(colour) {
  const [r, g, b] = colour.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(colour, element) {
  const under = below(element);
  const [high, low] = [luminance(over(channels(colour), under)), luminance(under)].sort(
    (a, b) => b - a,
  );
  return (high + 0.05) / (low + 0.05);
}

const faults = [];
let texts = 0;
const check = (element, colour, least, what) => {
  const found = contrast(colour, element);
  if (found < least) {
    faults.push(`${found.toFixed(2)} ${what}`);
  }
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  const isDisabled = element.closest(":disabled") !== null;
  if (node.data.trim() !== "" && element.checkVisibility() && !isDisabled) {
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    texts++;
    check(element, isDrawn ? style.fill : style.color, leastOfText, node.data.trim().slice(0, 40));
  }
}
for (const icon of document.querySelectorAll(".icon")) {
  check(icon, getComputedStyle(icon).color, leastOfSymbols, icon.getAttribute("class"));
}
return { texts, faults };
