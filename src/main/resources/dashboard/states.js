// How tasks and runs can stand, each with a colour (style.css), a shape and a word: none of the
// three is needed to understand the others.

import { html } from "./lib/preact.js";

/** States of a task, in the order in which people look for them. */
export const STATES = {
  running: "running",
  backing_off: "trying again",
  failed: "failed",
  ready: "ready",
  waiting: "waiting",
  success: "succeeded",
  skipped: "skipped",
  cancelled: "cancelled",
};

const OF_RUNS = {
  running: "running",
  success: "succeeded",
  partial: "partly failed",
  failed: "failed",
  cancelled: "cancelled",
  parked: "parked",
  interrupted: "interrupted",
};

/** The outcome of an attempt that was not the last one. */
const RETRIED = { retried: "failed, tried again" };

// Drawn in a square of 16. What is filled is over; what is hollow is to come.
const RING = html`<circle cx="8" cy="8" r="5.5" />`;
const DISC = html`<circle class="solid" cx="8" cy="8" r="6.5" />`;
const solid = (d) => html`<path class="solid" d=${d} />`;
const inner = (d) => html`<path class="inner" d=${d} />`;
const lines = (d) => html`<path d=${d} />`;
const SHAPES = {
  waiting: RING,
  ready: [RING, html`<circle class="dot" cx="8" cy="8" r="2" />`],
  running: solid("M4 2.2 13.8 8 4 13.8Z"),
  backing_off: lines("M13.3 9.5A5.5 5.5 0 1 1 12 4.2M12.6 1.2v3.4H9.2"),
  success: [DISC, inner("m4.8 8.2 2.3 2.3 4.1-4.6")],
  failed: [solid("M1.5 1.5h13v13h-13Z"), inner("m5 5 6 6m0-6-6 6")],
  skipped: lines("M8 1.6 14.4 8 8 14.4 1.6 8ZM5.4 8h5.2"),
  cancelled: lines("M2 2h12v12H2ZM4.5 11.5l7-7"),
  partial: [solid("M8 1.2 15.4 14.4H.6Z"), inner("M8 5.8v4m0 1.8v1")],
  parked: solid("M3 2h3.6v12H3ZM9.4 2H13v12H9.4Z"),
  interrupted: html`<path stroke-dasharray="3 2.2" d="M8 2.2a5.8 5.8 0 1 1-.1 0" />`,
};
SHAPES.retried = SHAPES.backing_off;

/** The word for a state of a task or an attempt, or the status of a run. */
export function word(state) {
  return STATES[state] ?? OF_RUNS[state] ?? RETRIED[state] ?? state;
}

export function statusWord(status) {
  return OF_RUNS[status] ?? status;
}

export function isDone(state) {
  return ["success", "failed", "skipped", "cancelled"].includes(state);
}

/** Whether a run can still be cancelled. */
export function isOpen(run) {
  return ["running", "parked", "interrupted"].includes(run.status);
}

/** The shape of a state. The word for it has to stand beside it. */
export function Icon({ state }) {
  return html`<svg class="icon is-${state}" viewBox="0 0 16 16" aria-hidden="true">
    ${SHAPES[state]}
  </svg>`;
}

/** Shape and word. */
export function Badge({ state }) {
  return html`<span class="badge is-${state}"><${Icon} state=${state} />${word(state)}</span>`;
}

const COUNTS = {
  running: "running",
  failed: "failed",
  waiting: "waiting",
  succeeded: "success",
  skipped: "skipped",
  cancelled: "cancelled",
};

/** The counts of a run as pairs of a state and a number, without zeros. */
export function tally(counts) {
  return Object.entries(COUNTS)
    .map(([key, state]) => [state, counts[key]])
    .filter(([, n]) => n > 0);
}

const FROM_DONE_TO_OPEN = ["success", "failed", "skipped", "cancelled", "running", "waiting"];

/** All tasks of a run as one bar, a part for each state. The numbers have to stand beside it. */
export function Bar({ counts }) {
  const shares = new Map(tally(counts));
  const parts = FROM_DONE_TO_OPEN.filter((state) => shares.has(state));
  return html`<div class="bar" aria-hidden="true">
    ${parts.map((state) => html`<${Fill} key=${state} state=${state} part=${shares.get(state)} />`)}
  </div>`;
}

/** A part of a bar or a column of several. */
export function Fill({ state, part }) {
  return html`<i class=${`fill is-${state}`} style=${{ flexGrow: part }}></i>`;
}
