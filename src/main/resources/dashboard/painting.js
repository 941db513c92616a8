// The bars of a timeline painted on a canvas: for runs with more attempts than a page has room for
// elements.

import { html, useEffect, useReducer, useRef } from "./lib/preact.js";
import { toTask } from "./route.js";
import { number } from "./words.js";

const INSET = 3;

/** The same properties as Bars. */
export function Painting({ run, spans, picture, cursor, take }) {
  const canvas = useRef(null);
  const [, repaint] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    const theme = matchMedia("(prefers-color-scheme: dark)");
    theme.addEventListener("change", repaint);
    return () => theme.removeEventListener("change", repaint);
  }, []);
  useEffect(() => paint(canvas.current, spans, picture, cursor));

  const at = (event) => {
    const box = canvas.current.getBoundingClientRect();
    return hit(event.clientX - box.left, event.clientY - box.top, spans, picture);
  };
  const clicked = (event) => {
    const i = at(event);
    if (i !== null) {
      location.hash = toTask(run.run_id, run.tasks[spans[i].task].id);
    }
  };
  return html`<canvas
    ref=${canvas}
    tabindex="0"
    role="img"
    aria-label=${`${number(spans.length)} attempts; arrow keys choose one, Enter opens its task`}
    style=${{ width: `${picture.width}px`, height: `${picture.height}px` }}
    onMouseMove=${(event) => take(at(event) ?? cursor)}
    onClick=${clicked}
  ></canvas>`;
}

/** The number of the bar at a point; null when there is none. */
function hit(px, py, spans, { x, y, row }) {
  const i = spans.findLastIndex(
    ({ slot, start, end }) =>
      py >= y(slot) &&
      py < y(slot) + row &&
      px >= x(start) - 1 &&
      px <= Math.max(x(end), x(start) + 2),
  );
  return i < 0 ? null : i;
}

function paint(canvas, spans, picture, cursor) {
  const { width, height, labels, from, to, x, y, row, critical } = picture;
  const pen = sized(canvas, width, height);
  const style = getComputedStyle(canvas);
  const colours = new Map();
  const colour = (name) => {
    if (!colours.has(name)) {
      colours.set(name, resolved(canvas, style, name));
    }
    return colours.get(name);
  };
  pen.beginPath();
  pen.rect(labels, 0, width - labels, height);
  pen.clip();
  spans.forEach(({ task, slot, start, end, outcome }, i) => {
    if (end < from || start > to) {
      return;
    }
    const left = x(start);
    const wide = Math.max(1, x(end) - left - 0.5);
    pen.fillStyle = colour(outcome);
    pen.fillRect(left, y(slot) + INSET, wide, row - 2 * INSET);
    if (outcome === "failed" || outcome === "retried") {
      // Seen without colour: a notch.
      pen.fillStyle = colour("paper");
      pen.fillRect(left, y(slot) + row / 2 - 2, wide, 4);
    }
    if (critical.has(task) || i === cursor) {
      pen.strokeStyle = colour(i === cursor ? "focus" : "critical");
      pen.lineWidth = 2;
      pen.strokeRect(left, y(slot) + INSET, wide, row - 2 * INSET);
    }
  });
  paintWaits(pen, picture, colour);
}

function paintWaits(pen, { waits, waitTop, waitHeight, x, labels }, colour) {
  const floor = waitTop + waitHeight;
  pen.fillStyle = colour("waiting");
  pen.globalAlpha = 0.45;
  pen.beginPath();
  pen.moveTo(x(0), floor);
  let before = 0;
  for (const { at, count } of waits.steps) {
    pen.lineTo(x(at), floor - (before / waits.most) * waitHeight);
    pen.lineTo(x(at), floor - (count / waits.most) * waitHeight);
    before = count;
  }
  pen.fill();
  pen.globalAlpha = 1;
  if (waits.most > 0) {
    pen.fillStyle = colour("ink");
    pen.font = "12px sans-serif";
    pen.fillText(`at most ${number(waits.most)} at a time`, labels + 4, floor - 4);
  }
}

/** A pen for a canvas of that size in pixels of the page. */
function sized(canvas, width, height) {
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  return pen;
}

/** A colour of the style sheet, as a canvas takes it: in the theme that is in force. */
function resolved(canvas, style, name) {
  canvas.style.color = `var(--${name})`;
  return style.color;
}
