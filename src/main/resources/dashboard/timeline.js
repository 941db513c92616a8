// What a run did when: a row for each slot, a bar for each attempt, and below who waited.

import { html, useLayoutEffect, useMemo, useRef, useState } from "./lib/preact.js";
import { Bars } from "./bars.js";
import { Painting } from "./painting.js";
import { useKeys, useSeconds } from "./live.js";
import { Moves } from "./parts.js";
import { lastSeen, toTask } from "./route.js";
import { depth, lanes, tickName, ticks } from "./scale.js";
import { Icon, word } from "./states.js";
import { counted, duration, line, secondsSince } from "./words.js";

/** More bars than this are painted, without an element for each. */
const MOST_BARS = 2_000;
/** More waits at a time than this are an area instead of a line each. */
const MOST_LANES = 16;

const ROW = 30;
/** Above the rows: the name of the ideal, below it those of the ticks. */
const HEAD = 40;
const LANE = 7;
const AREA = 60;
const LABELS = 64;
const NARROW_LABELS = 22;
const NARROW = 500;
/** Room that the name of a tick takes. */
const TICK_NAME = 44;
const LEAST_WINDOW = 0.01;
const OUTCOMES = ["running", "success", "failed", "retried", "cancelled"];

export function Timeline({ run }) {
  return run.timeline.spans.length === 0
    ? html`<p class="aside">Nothing has run yet.</p>`
    : html`<${Drawing} run=${run} />`;
}

function Drawing({ run }) {
  useSeconds(run.status === "running");
  const place = useRef(null);
  const width = useWidth(place);
  const times = timesOf(run);
  const waits = useMemo(() => waitsOf(run.timeline), [run.timeline]);
  const [part, show] = usePart(times.end);
  const [cursor, setCursor] = useState(() => lastBar(run, times.spans));
  const picture = pictured({ run, times, waits, width, part });
  const moves = movesOf(picture, times.spans[cursor], show);
  useKeys({ "+": moves.closer, "=": moves.closer, "-": moves.farther, 0: moves.all });
  const buttons = [
    ["←", "Earlier", moves.earlier, part === null],
    ["→", "Later", moves.later, part === null],
    ["−", "Farther", moves.farther, part === null],
    ["All", "All of it", moves.all, part === null],
    ["+", "Closer", moves.closer, false],
  ];

  const pressed = (event) => {
    const next = neighbour(event.key, cursor, times.spans);
    if (next !== undefined) {
      event.preventDefault();
      moves.see(times.spans[next]);
      setCursor(next);
    } else if (event.key === "Enter" && picture.isPainted && cursor !== null) {
      openTask(run, times.spans[cursor]);
    }
  };
  const View = picture.isPainted ? Painting : Bars;
  return html`<section class="picture" aria-label=${described(run, times)}>
    <div class="over">
      <${Legend} run=${run} slots=${picture.slots} />
      <${Moves} moves=${buttons} />
    </div>
    <div class="timeline" ref=${place} onKeyDown=${pressed}>
      ${
        width > 0 &&
        html`<${Frame} picture=${picture} />
        <${View}
          run=${run}
          spans=${times.spans}
          picture=${picture}
          cursor=${cursor}
          take=${setCursor}
        />`
      }
    </div>
    <${Readout} run=${run} span=${times.spans[cursor]} />
  </section>`;
}

/** The part of the time that is looked at, { from, to }, null for all of it; and what sets it. */
function usePart(end) {
  const [part, setPart] = useState(null);
  const show = (from, to) => {
    const size = Math.max(LEAST_WINDOW, Math.min(to - from, end));
    const begin = Math.max(0, Math.min(from, end - size));
    setPart(size >= end ? null : { from: begin, to: begin + size });
  };
  return [part, show];
}

/** How the part that is looked at can move; a bar that is chosen stays in the middle. */
function movesOf({ from, to }, span, show) {
  const clamped = (at) => Math.min(to, Math.max(from, at));
  const middle = span ? clamped((span.start + span.end) / 2) : (from + to) / 2;
  const zoom = (factor) => show(middle - (middle - from) * factor, middle + (to - middle) * factor);
  const half = (to - from) / 2;
  return {
    closer: () => zoom(0.5),
    farther: () => zoom(2),
    all: () => show(0, Infinity),
    earlier: () => show(from - half, to - half),
    later: () => show(from + half, to + half),
    see: ({ start, end }) => {
      if (start > to || end < from) {
        show(start - half, start + half);
      }
    },
  };
}

/** The number of the last bar of the task that was shown last; null when it has none. */
function lastBar(run, spans) {
  const last = lastSeen(run);
  const found = last < 0 ? -1 : spans.findLastIndex(({ task }) => task === last);
  return found < 0 ? null : found;
}

/** Attempts with their ends, in seconds since the run began; what runs ends now. */
function timesOf(run) {
  const { began, spans } = run.timeline;
  const isRunning = run.status === "running";
  const now = isRunning && began ? secondsSince(began) : run.wall_seconds;
  const timed = spans.map((span) => ({
    ...span,
    end: span.seconds == null ? Math.max(now, span.start) : span.start + span.seconds,
  }));
  const last = timed.reduce((most, span) => Math.max(most, span.end), 0);
  return { spans: timed, end: Math.max(isRunning ? now : 0, last, LEAST_WINDOW) };
}

/** Waits with their lanes, if these are few, and how many there are at a time. */
function waitsOf({ waits }) {
  const sorted = waits
    .map((wait) => ({ ...wait, end: wait.start + wait.seconds }))
    .sort((a, b) => a.start - b.start);
  const steps = depth(sorted);
  const most = steps.reduce((found, step) => Math.max(found, step.count), 0);
  const isFew = most <= MOST_LANES;
  const lane = isFew ? lanes(sorted) : [];
  return {
    steps,
    most,
    lanes: isFew ? sorted.map((wait, i) => ({ ...wait, lane: lane[i] })) : null,
  };
}

/** Where everything lies, in pixels: part is what is looked at, null for all. */
function pictured({ run, times, waits, width, part }) {
  const labels = width < NARROW ? NARROW_LABELS : LABELS;
  const from = part?.from ?? 0;
  const to = part?.to ?? times.end * 1.02;
  const plot = Math.max(1, width - labels);
  const slots = times.spans.reduce((most, span) => Math.max(most, span.slot + 1), 1);
  const waitTop = HEAD + slots * ROW + 10;
  const waitHeight = waits.most === 0 ? 0 : waits.lanes ? waits.most * LANE : AREA;
  return {
    isPainted: run.timeline.spans.length > MOST_BARS,
    isNarrow: labels === NARROW_LABELS,
    from,
    to,
    labels,
    width,
    plot,
    slots,
    waits,
    waitTop,
    waitHeight,
    row: ROW,
    lane: LANE,
    head: HEAD,
    height: waitTop + waitHeight + 6,
    end: times.end,
    isOver: run.status !== "running",
    ideal: run.status === "running" ? null : run.timeline.ideal_seconds,
    critical: new Set(run.timeline.critical),
    x: (seconds) => labels + ((seconds - from) / (to - from)) * plot,
    y: (slot) => HEAD + slot * ROW,
  };
}

function useWidth(place) {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const look = () => setWidth(place.current.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(place.current);
    look();
    return () => observer.disconnect();
  }, []);
  return width;
}

/** Where an arrow leads: to the next of the slot, or to another slot at about the same time. */
function neighbour(key, cursor, spans) {
  if (!key.startsWith("Arrow")) {
    return undefined;
  }
  if (cursor === null || !spans[cursor]) {
    return 0;
  }
  const here = spans[cursor];
  const isRow = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  let best = cursor;
  let distance = Infinity;
  spans.forEach((span, i) => {
    const along = (span.start - here.start) * sign;
    const across = (span.slot - here.slot) * sign;
    const isThere = isRow
      ? span.slot === here.slot && (along > 0 || (along === 0 && (i - cursor) * sign > 0))
      : across > 0;
    const away = isRow ? along : across * 1e9 + Math.abs(span.start - here.start);
    if (isThere && away < distance) {
      best = i;
      distance = away;
    }
  });
  return best;
}

function openTask(run, span) {
  location.hash = toTask(run.run_id, run.tasks[span.task].id);
}

function described(run, { spans, end }) {
  return (
    `Timeline of ${counted(spans.length, "attempt")} on ${counted(run.slots, "slot")}, ` +
    `${duration(end)} long. Arrow keys go from attempt to attempt.`
  );
}

/** Axis, rows and the two bounds. */
function Frame({ picture }) {
  const { from, to, plot, height, width, head, slots, row, labels, isNarrow, x, y } = picture;
  const marks = ticks(from, to, plot);
  const step = marks.length > 1 ? marks[1] - marks[0] : 1;
  const isSeen = (at) => at !== null && at >= from && at <= to;
  const { ideal, end, isOver, waits, waitTop } = picture;
  return html`<svg class="frame" width=${width} height=${height} aria-hidden="true">
    ${marks.map(
      (at) => html`<g key=${at}>
        <line class="tick" x1=${x(at)} x2=${x(at)} y1=${head - 4} y2=${height} />
        ${
          x(at) + TICK_NAME < width &&
          html`<text x=${x(at) + 3} y=${head - 10}>${tickName(at, step)}</text>`
        }
      </g>`,
    )}
    ${Array.from({ length: slots }, (_, slot) => {
      const middle = y(slot) + row / 2 + 4;
      return html`<g key=${slot}>
        <text x="0" y=${middle}>${isNarrow ? slot : `slot ${slot}`}</text>
        <line class="floor" x1=${labels} x2=${width} y1=${y(slot) + row} y2=${y(slot) + row} />
      </g>`;
    })}
    ${waits.most > 0 && html`<text x="0" y=${waitTop + 10}>${isNarrow ? "…" : "waiting"}</text>`}
    ${
      isOver &&
      isSeen(end) &&
      html`<line class="end" x1=${x(end)} x2=${x(end)} y1=${head} y2=${height} />`
    }
    ${isSeen(ideal) && html`<${Ideal} picture=${picture} />`}
  </svg>`;
}

function Ideal({ picture: { ideal, x, head, height, width } }) {
  const at = x(ideal);
  const isLeft = at > width - 110;
  return html`<g class="ideal" data-seconds=${ideal}>
    <line x1=${at} x2=${at} y1=${head - 4} y2=${height} />
    <text x=${at + (isLeft ? -4 : 4)} y="10" text-anchor=${isLeft ? "end" : "start"}>
      ideal ${duration(ideal)}
    </text>
  </g>`;
}

/** One attempt in words: for who cannot hover, and for what has no element. */
function Readout({ run, span }) {
  if (!span) {
    return html`<p class="readout aside" role="status">Choose a bar to read what it is.</p>`;
  }
  const task = run.tasks[span.task];
  return html`<p class="readout aside" role="status">
    <a href=${toTask(run.run_id, task.id)}>${line(task.subject)}</a>: attempt ${span.attempt} in
    ${" slot "}${span.slot}, from ${duration(span.start)} on, ${duration(span.end - span.start)},
    ${" "}${word(span.outcome)}
  </p>`;
}

function Legend({ run, slots }) {
  const { spans } = run.timeline;
  const outcomes = OUTCOMES.filter((each) => spans.some((span) => span.outcome === each));
  const unused = run.slots - slots;
  return html`<ul class="legend">
    ${outcomes.map((each) => html`<li key=${each}><${Icon} state=${each} />${word(each)}</li>`)}
    <li><i class="key critical"></i>critical path</li>
    <li><i class="key waiting"></i>waiting for a slot, memory or the next attempt</li>
    ${
      run.status !== "running" &&
      html`<li><i class="key ideal"></i>ideal: no order of these tasks ends earlier</li>`
    }
    ${unused > 0 && html`<li>${counted(unused, "more slot", "more slots")} not needed</li>`}
  </ul>`;
}
