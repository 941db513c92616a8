// The view of statistics over all runs, as they were measured.

import { html } from "./lib/preact.js";
import { Columns } from "./charts.js";
import { useLive, useView } from "./live.js";
import { Figures, Missing, Table } from "./parts.js";
import { atMost, dollars, duration, line, number, percent, times } from "./words.js";

/** Weeks in a chart: half a year. */
const WEEKS = 26;
const MINUTE = 60;

export function Stats() {
  const { connected, overview } = useLive();
  const { data, problem } = useView("stats", `${connected} ${ended(overview)}`);
  return html`
    <h1 tabindex="-1">Statistics</h1>
    ${
      data
        ? html`<${data.by_week ? All : Nothing} stats=${data} />`
        : html`<${Missing} problem=${problem} />`
    }
  `;
}

/** Changes when a run has ended: then the figures are new. */
function ended(overview) {
  return overview?.runs.filter((run) => run.ended).length;
}

function Nothing() {
  return html`<p class="aside">No run has ended yet; figures come with the first.</p>`;
}

function All({ stats }) {
  const hasRun = stats.total_parallel_executions > 0;
  const figures = [
    ["Parallel runs", number(stats.total_parallel_executions)],
    [
      "Tasks in them",
      number(stats.total_tasks_parallelized),
      `${percent(stats.parallel_execution_rate)} of all`,
    ],
    ["Speed-up", hasRun ? atMost(times(stats.average_speedup)) : "unknown", "on average"],
    ["Time saved", atMost(duration(stats.total_time_saved_minutes * MINUTE))],
    ["Tasks failed", percent(stats.failure_rate)],
    ["Merged well", percent(stats.merge_success_rate)],
    ["Skills", `${stats.temp_skills_created} made, ${stats.temp_skills_kept} kept`],
    ["Agents", `${stats.temp_agents_created} made, ${stats.temp_agents_kept} kept`],
  ];
  return html`
    <p class="aside">
      Speed-up and saving compare with the sum of task times measured side by side, where each is
      slower than alone: so they are upper bounds.
    </p>
    <${Figures} kind="eight" figures=${figures} />
    <${Weeks} weeks=${Object.entries(stats.by_week).slice(-WEEKS)} />
    <${Types} types=${Object.entries(stats.by_type ?? {})} />
  `;
}

function Weeks({ weeks }) {
  if (weeks.length === 0) {
    return null;
  }
  const names = weeks.map(([name]) => name);
  const of = (value) => weeks.map(([, week]) => value(week));
  const charts = [
    ["Speed-up", "at most, on average", (week) => week.average_speedup, times],
    ["Time saved", "at most", (week) => week.time_saved_minutes, (n) => duration(n * MINUTE)],
    [
      "Tasks failed",
      "of all",
      (week) => (week.tasks > 0 ? week.failed / week.tasks : null),
      percent,
    ],
    ["Cost", "as far as it is known", (week) => week.cost_usd, dollars],
  ];
  return html`<section>
    <h2>By week</h2>
    <div class="charts">
      ${charts.map(
        ([title, note, value, say]) =>
          html`<${Columns}
            key=${title}
            title=${title}
            note=${note}
            names=${names}
            values=${of(value)}
            say=${say}
          />`,
      )}
    </div>
  </section>`;
}

function Types({ types }) {
  if (types.length === 0) {
    return null;
  }
  const heads = ["Type", "Tasks", "Failed", "A task takes", "Cost"];
  return html`<section>
    <h2>By type of task</h2>
    <${Table} name="Figures by type of task" heads=${heads}>
      ${types.map(
        ([type, { tasks, failed, seconds, cost_usd: cost }]) =>
          html`<tr key=${type}>
            <th scope="row">${line(type)}</th>
            <td>${number(tasks)}</td>
            <td>${tasks > 0 ? percent(failed / tasks) : "–"}</td>
            <td>${tasks > 0 ? duration(seconds / tasks) : "–"}</td>
            <td>${dollars(cost)}</td>
          </tr>`,
      )}
    <//>
  </section>`;
}
