// The graph of a run: a box for each task, a line to each task that waits for it.

import { html, useEffect, useMemo, useRef, useState } from "./lib/preact.js";
import { layout } from "./layout.js";
import { Lines } from "./lines.js";
import { TaskList, Took } from "./list.js";
import { memo, useKeys } from "./live.js";
import { Moves } from "./parts.js";
import { lastSeen, toTask } from "./route.js";
import { Icon, STATES, isDone, word } from "./states.js";
import { Waves } from "./waves.js";
import { counted, line } from "./words.js";

/** More boxes than this are no picture any more; then waves are drawn instead. */
const MOST_BOXES = 400;

const BOX = { width: 204, height: 46 };
const GAP = { x: 48, y: 14 };
/** The height of a line that passes a column, and what is above the columns for their names. */
const LANE = 10;
const HEAD = 28;
const ZOOMS = [0.4, 0.55, 0.75, 1, 1.3];
const TRUE_SIZE = ZOOMS.indexOf(1);

export function Graph({ run, filter }) {
  if (run.tasks.length > MOST_BOXES) {
    return html`<${Waves} run=${run} /><${TaskList} run=${run} tab="graph" filter=${filter} />`;
  }
  return run.tasks.length === 0
    ? html`<p class="aside">This run has no tasks.</p>`
    : html`<${Boxes} run=${run} />`;
}

function Boxes({ run }) {
  const plan = useMemo(() => planned(run), [run.run_id, run.tasks.length]);
  const [zoom, setZoom] = useState(TRUE_SIZE);
  const [cursor, setCursor] = useState(() => firstOf(run));
  const [near, setNear] = useState(null);
  const box = useRef(null);

  const focus = (task) => {
    const found = box.current.querySelector(`[data-task="${task}"]`);
    found?.focus({ preventScroll: true });
    found?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  useEffect(() => focus(lastSeen(run)), []);
  const resize = (step) => setZoom(Math.max(0, Math.min(ZOOMS.length - 1, zoom + step)));
  const [smaller, larger] = [() => resize(-1), () => resize(1)];
  const natural = () => setZoom(TRUE_SIZE);
  useKeys({ "+": larger, "=": larger, "-": smaller, 0: natural });
  const moves = [
    ["−", "Smaller", smaller, zoom === 0],
    ["1:1", "Natural size", natural, false],
    ["+", "Larger", larger, zoom === ZOOMS.length - 1],
  ];

  const pressed = (event) => {
    const next = neighbour(event.key, cursor, run, plan);
    if (next !== undefined) {
      event.preventDefault();
      focus(next);
    }
  };
  const focused = (event) => {
    setCursor(taskOf(event) ?? cursor);
    setNear(taskOf(event));
  };
  return html`<section class="picture" aria-label=${described(run, plan)}>
    <div class="over"><${Legend} run=${run} /><${Moves} moves=${moves} /></div>
    <div
      class="scroll"
      ref=${box}
      onKeyDown=${pressed}
      onfocusin=${focused}
      onfocusout=${() => setNear(null)}
      onMouseOver=${(event) => setNear(taskOf(event))}
      onMouseLeave=${() => setNear(null)}
    >
      <${Drawing} run=${run} plan=${plan} zoom=${ZOOMS[zoom]} near=${near} cursor=${cursor} />
    </div>
    <${Conflicts} run=${run} />
  </section>`;
}

/** near: the number of the task whose neighbours stand out, or null; cursor: that for Tab. */
function Drawing({ run, plan, zoom, near, cursor }) {
  const around = near === null ? [] : [near, ...run.blockers[near], ...run.dependents[near]];
  const critical = run.tasks.map((task) => (task.critical ? 1 : 0)).join("");
  const size = { width: `${plan.width}px`, height: `${plan.height}px`, zoom };
  return html`<div class=${near === null ? "graph" : "graph has-near"} style=${size}>
    ${plan.columns.map((tasks, i) => html`<${Wave} key=${i} i=${i} tasks=${tasks} />`)}
    <${Lines} run=${run} plan=${plan} near=${near} critical=${critical} />
    ${run.tasks.map(
      (task, i) =>
        html`<${Box}
          key=${i}
          i=${i}
          run=${run.run_id}
          task=${task}
          x=${plan.x[i]}
          y=${plan.y[i]}
          story=${story(run, i)}
          isStop=${i === cursor}
          isNear=${around.includes(i)}
        />`,
    )}
  </div>`;
}

function taskOf(event) {
  const box = event.target.closest("[data-task]");
  return box === null ? null : Number(box.dataset.task);
}

/** Where everything lies: columns, x and y of boxes, passes of lines. */
function planned(run) {
  const waves = run.tasks.map((task) => task.wave ?? 0);
  const { columns, y, passes, height } = layout(waves, run.edges, {
    box: BOX.height,
    gap: GAP.y,
    lane: LANE,
  });
  const x = [];
  const column = [];
  columns.forEach((tasks, i) =>
    tasks.forEach((task) => {
      x[task] = i * (BOX.width + GAP.x);
      column[task] = i;
    }),
  );
  return {
    columns,
    column,
    x,
    y: y.map((top) => top + HEAD),
    passes: new Map([...passes].map(([edge, ys]) => [edge, ys.map((at) => at + HEAD)])),
    box: BOX,
    gap: GAP.x,
    width: columns.length * (BOX.width + GAP.x) - GAP.x,
    height: height + HEAD,
  };
}

/** What a person wants to see first. */
function firstOf(run) {
  const wanted = ["running", "failed", "ready"];
  const found = wanted.map((state) => run.tasks.findIndex((task) => task.state === state));
  return found.find((i) => i >= 0) ?? 0;
}

/** Where an arrow leads from a task: along lines to the left and right, within the column else. */
function neighbour(key, task, run, { columns, column, y }) {
  const nearest = (tasks) =>
    [...tasks].sort((a, b) => Math.abs(y[a] - y[task]) - Math.abs(y[b] - y[task]))[0];
  const here = columns[column[task]];
  const at = here.indexOf(task);
  switch (key) {
    case "ArrowUp":
      return here[at - 1] ?? task;
    case "ArrowDown":
      return here[at + 1] ?? task;
    case "ArrowLeft":
      return nearest(run.blockers[task]) ?? nearest(columns[column[task] - 1] ?? []) ?? task;
    case "ArrowRight":
      return nearest(run.dependents[task]) ?? nearest(columns[column[task] + 1] ?? []) ?? task;
    default:
      return undefined;
  }
}

function described(run, plan) {
  const waves = counted(plan.columns.length, "wave");
  const tasks = counted(run.tasks.length, "task");
  return `Graph of ${tasks} in ${waves}. Arrow keys go from task to task.`;
}

/** A task in one sentence. */
function story(run, i) {
  const task = run.tasks[i];
  const blockers = run.blockers[i].map((each) => run.tasks[each].id);
  const after = blockers.length > 0 ? `; after ${blockers.join(", ")}` : "";
  const critical = task.critical ? "; on the critical path" : "";
  return `${line(task.subject)}: ${word(task.state)}${after}${critical}`;
}

function Wave({ i, tasks }) {
  const style = { left: `${i * (BOX.width + GAP.x)}px`, width: `${BOX.width}px` };
  return html`<p class="wave" style=${style}>
    <b>Wave ${i + 1}</b> <span class="aside">${counted(tasks.length, "task")}</span>
  </p>`;
}

const Box = memo(({ i, run, task, x, y, story, isStop, isNear }) => {
  const kind = ["box", `is-${task.state}`, task.critical && "critical", isNear && "near"];
  return html`<a
    class=${kind.filter(Boolean).join(" ")}
    style=${{ left: `${x}px`, top: `${y}px`, width: `${BOX.width}px`, height: `${BOX.height}px` }}
    href=${toTask(run, task.id)}
    data-task=${i}
    tabindex=${isStop ? 0 : -1}
    aria-label=${story}
    title=${line(task.subject)}
  >
    <${Icon} state=${task.state} />
    <b>${line(task.subject)}</b>
    <span>${word(task.state)}<${More} task=${task} /></span>
  </a>`;
});

/** What there is to say beside the state. */
function More({ task }) {
  const isTimed = task.state === "running" || (isDone(task.state) && task.attempt > 0);
  return html`${task.failure && task.failure !== task.state && ` · ${line(task.failure)}`}
  ${isTimed && html`${" · "}<${Took} task=${task} />`}
  ${task.attempt > 1 && ` · try ${task.attempt}`}`;
}

/** What can be seen, explained. */
function Legend({ run }) {
  const found = new Set(run.tasks.map((task) => task.state));
  const states = Object.keys(STATES).filter((state) => found.has(state));
  return html`<ul class="legend">
    ${states.map((state) => html`<li key=${state}><${Icon} state=${state} />${word(state)}</li>`)}
    <li><i class="key"></i>leads to what waits for it</li>
    ${run.conflicts?.length > 0 && html`<li><i class="key apart"></i>kept apart by a conflict</li>`}
    <li><i class="key critical"></i>critical path, the longest chain</li>
  </ul>`;
}

/** Which tasks do not run at the same time though neither needs the other, and why. */
function Conflicts({ run }) {
  const name = (i) => html`<a href=${toTask(run.run_id, run.tasks[i].id)}>${run.tasks[i].id}</a>`;
  return (
    run.conflicts?.length > 0 &&
    html`<details class="conflicts">
      <summary>${counted(run.conflicts.length, "conflict")} kept tasks apart</summary>
      <ul>
        ${run.conflicts.map(
          ({ tasks: [one, other], resource, reason }) =>
            html`<li>${name(one)} and ${name(other)}: ${line(resource)}, ${line(reason)}</li>`,
        )}
      </ul>
    </details>`
  );
}
