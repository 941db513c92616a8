// The lines of a graph, from each task to those that wait for it.

import { html } from "./lib/preact.js";
import { memo } from "./live.js";

const ARROW = { length: 6, half: 4 };

/**
 * plan: of graph.js. near: a task whose lines stand out, or null. critical: something that is
 * another one when the critical path is.
 */
export const Lines = memo(({ run, plan, near }) => {
  const apart = new Set(run.conflicts?.flatMap(({ tasks: [a, b] }) => [`${a}-${b}`, `${b}-${a}`]));
  const isCritical = criticalLines(run);
  const kind = (from, to) =>
    [
      "line",
      apart.has(`${from}-${to}`) && "apart",
      isCritical(from, to) && "critical",
      (from === near || to === near) && "near",
    ]
      .filter(Boolean)
      .join(" ");
  return html`<svg class="lines" width=${plan.width} height=${plan.height} aria-hidden="true">
    ${run.edges.map(
      ([from, to]) =>
        html`<path
          key=${`${from}-${to}`}
          class=${kind(from, to)}
          data-edge=${`${from}-${to}`}
          d=${path(from, to, plan)}
        />`,
    )}
  </svg>`;
});

/** The lines of the critical path: between its tasks, each to the last one that it waited for. */
function criticalLines(run) {
  const chain = run.timeline?.critical ?? [];
  const lines = new Set();
  for (const to of chain) {
    const before = chain.filter((from) => run.blockers[to].includes(from));
    const last = before.sort((a, b) => (run.tasks[b].wave ?? 0) - (run.tasks[a].wave ?? 0))[0];
    lines.add(`${last}-${to}`);
  }
  return (from, to) => lines.has(`${from}-${to}`);
}

function path(from, to, { x, y, passes, box, gap }) {
  const middle = box.height / 2;
  const end = { x: x[to], y: y[to] + middle };
  let at = { x: x[from] + box.width, y: y[from] + middle };
  let text = `M${at.x} ${at.y}`;
  for (const pass of passes.get(`${from}-${to}`) ?? []) {
    text += `${curve(at, { x: at.x + gap, y: pass })}h${box.width}`;
    at = { x: at.x + gap + box.width, y: pass };
  }
  const { length, half } = ARROW;
  return `${text}${curve(at, end)}m${-length} ${-half}l${length} ${half}l${-length} ${half}`;
}

function curve(from, to) {
  const bend = (to.x - from.x) / 2;
  return `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
