// The bars of a timeline as elements, each a link to its task.

import { html, useEffect, useRef } from "./lib/preact.js";
import { toTask } from "./route.js";
import { Icon, word } from "./states.js";
import { duration, line } from "./words.js";

const LEAST = 3;
const WITH_ICON = 22;
const WITH_TEXT = 48;
const INSET = 3;

/** cursor: the number of the bar that arrows lead to, or null; take: sets it. */
export function Bars({ run, spans, picture, cursor, take }) {
  const box = useRef(null);
  const stop = cursor ?? 0;
  useEffect(() => {
    const bar = cursor === null ? null : box.current.querySelector(`[data-span="${cursor}"]`);
    if (bar && bar !== document.activeElement) {
      bar.focus({ preventScroll: true });
    }
  }, [cursor]);
  const pointed = (event) => {
    const bar = event.target.closest("[data-span]");
    if (bar) {
      take(Number(bar.dataset.span));
    }
  };
  const { from, to, height } = picture;
  const isSeen = ({ start, end }) => start <= to && end >= from;
  return html`<div class="bars" ref=${box} style=${{ height: `${height}px` }} onfocusin=${pointed}>
    ${spans.map(
      (span, i) =>
        html`<${Bar}
          key=${`${span.task}-${span.attempt}`}
          i=${i}
          run=${run}
          span=${span}
          picture=${picture}
          isStop=${i === stop}
          isHidden=${!isSeen(span)}
        />`,
    )}
    <${Waits} run=${run} picture=${picture} />
  </div>`;
}

function Bar({ i, run, span, picture, isStop, isHidden }) {
  const task = run.tasks[span.task];
  const { left, width } = across(span, picture);
  const isCritical = picture.critical.has(span.task);
  const took = duration(span.end - span.start);
  const text = `${line(task.subject)}: attempt ${span.attempt}, ${took}, ${word(span.outcome)}`;
  return html`<a
    class=${`span is-${span.outcome} ${isCritical ? "critical" : ""}`}
    style=${{
      left: `${left}px`,
      width: `${width}px`,
      top: `${picture.y(span.slot) + INSET}px`,
      height: `${picture.row - 2 * INSET}px`,
    }}
    hidden=${isHidden}
    href=${toTask(run.run_id, task.id)}
    data-span=${i}
    data-task=${span.task}
    data-attempt=${span.attempt}
    tabindex=${isStop ? 0 : -1}
    aria-label=${`${text}${isCritical ? ", on the critical path" : ""}`}
    title=${text}
  >
    ${width >= WITH_ICON && html`<${Icon} state=${span.outcome} />`}
    ${width >= WITH_TEXT && html`<b>${line(task.subject)}</b>`}
  </a>`;
}

/** Left and width of what may reach out of the picture. */
function across({ start, end }, { x, labels, width }) {
  const left = Math.max(labels, x(start));
  return { left, width: Math.max(LEAST, Math.min(width, x(end)) - left) };
}

function Waits({ run, picture }) {
  const { waits, waitTop, lane, from, to } = picture;
  if (waits.lanes === null) {
    return html`<${WaitArea} picture=${picture} />`;
  }
  const isSeen = ({ start, end }) => start <= to && end >= from;
  return waits.lanes.filter(isSeen).map((wait) => {
    const { left, width } = across(wait, picture);
    const why = wait.retry ? "for its next attempt" : "for a slot or memory";
    return html`<i
      key=${`${wait.task}-${wait.start}`}
      class=${wait.retry ? "wait retry" : "wait"}
      data-task=${wait.task}
      style=${{ left: `${left}px`, width: `${width}px`, top: `${waitTop + wait.lane * lane}px` }}
      title=${`${line(run.tasks[wait.task].subject)} waited ${duration(wait.seconds)} ${why}`}
    ></i>`;
  });
}

/** How many waited, where they are too many for a line each. */
function WaitArea({ picture }) {
  const { waits, waitTop, waitHeight, width, height } = picture;
  return html`<svg class="wait-area" width=${width} height=${height} role="img">
    <title>At most ${waits.most} tasks waited at a time</title>
    <path d=${areaPath(picture)} />
    <text x=${picture.labels + 4} y=${waitTop + waitHeight - 4}>
      at most ${waits.most} at a time
    </text>
  </svg>`;
}

function areaPath({ waits, waitTop, waitHeight, x }) {
  const floor = waitTop + waitHeight;
  const y = (count) => floor - (count / waits.most) * waitHeight;
  const steps = waits.steps.map(({ at, count }) => `H${x(at).toFixed(1)}V${y(count).toFixed(1)}`);
  return `M${x(0)} ${floor}${steps.join("")}V${floor}Z`;
}
