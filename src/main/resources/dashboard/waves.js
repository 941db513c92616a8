// A run of many tasks from afar: a column for each wave, as high as it has tasks, with a part for
// each state.

import { html } from "./lib/preact.js";
import { toRun } from "./route.js";
import { Fill, word } from "./states.js";
import { counted, number } from "./words.js";

/** With more waves, neighbours share a column. */
const MOST_COLUMNS = 60;
const HEIGHT = 150;
const LEAST_HEIGHT = 3;

// From the ground up: what is done lies below.
const STACK = [
  "success",
  "failed",
  "skipped",
  "cancelled",
  "running",
  "backing_off",
  "ready",
  "waiting",
];

export function Waves({ run }) {
  const columns = stacked(run.tasks);
  const most = Math.max(...columns.map((column) => column.total));
  const label = `${counted(run.tasks.length, "task")} by wave`;
  return html`<section class="picture" aria-label=${label}>
    <p class="aside">
      Each column is a wave: tasks that wait for the one before. Choose one to list its tasks.
    </p>
    <div class="scroll"><ol class="columns">
      ${columns.map(
        (column) =>
          html`<${Column} key=${column.name} run=${run.run_id} column=${column} most=${most} />`,
      )}
    </ol></div>
  </section>`;
}

/** Columns: { name, wave: for the filter of the list, total, counts: state to number }. */
function stacked(tasks) {
  const waves = 1 + tasks.reduce((most, task) => Math.max(most, task.wave ?? 0), 0);
  const width = Math.ceil(waves / MOST_COLUMNS);
  const columns = Array.from({ length: Math.ceil(waves / width) }, (_, i) => {
    const from = i * width;
    const to = Math.min(from + width, waves) - 1;
    const isOne = from === to;
    return {
      name: isOne ? `${from + 1}` : `${from + 1}–${to + 1}`,
      wave: isOne ? `${from}` : `${from}-${to}`,
      total: 0,
      counts: {},
    };
  });
  for (const { wave = 0, state } of tasks) {
    const column = columns[Math.floor(wave / width)];
    column.total++;
    column.counts[state] = (column.counts[state] ?? 0) + 1;
  }
  return columns;
}

function Column({ run, column, most }) {
  const { name, wave, total, counts } = column;
  const parts = STACK.filter((state) => counts[state] > 0);
  const text = parts.map((state) => `${number(counts[state])} ${word(state)}`).join(", ");
  const height = `${Math.max(LEAST_HEIGHT, (total / most) * HEIGHT)}px`;
  return html`<li>
    <a href=${toRun(run, "graph", { wave })} aria-label=${`Wave ${name}: ${text}`} title=${text}>
      <span class="stack" style=${{ height }}>
        ${parts.map((state) => html`<${Fill} key=${state} state=${state} part=${counts[state]} />`)}
      </span>
      <b>${name}</b><span class="aside">${number(total)}</span>
    </a>
  </li>`;
}
