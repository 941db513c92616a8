// The view of all runs, newest first.

import { html } from "./lib/preact.js";
import { memo, useLive, useSeconds } from "./live.js";
import { toRun } from "./route.js";
import { Badge, Bar, tally, word } from "./states.js";
import { counted, dollars, duration, line, moment, number, secondsSince, soFar } from "./words.js";

export function Runs() {
  const { overview, overviewProblem } = useLive();
  return html`
    <h1 tabindex="-1">Runs</h1>
    ${overviewProblem && html`<p class="note problem">${overviewProblem}</p>`}
    ${overview && html`<${overview.runs.length === 0 ? Nothing : List} runs=${overview.runs} />`}
  `;
}

function Nothing() {
  return html`<p class="aside">
    There are no runs yet. A run begins when a session of Claude Code hands its list of tasks over,
    or by ${" "}<code>braid run FILE</code>; ${" "}<code>braid demo</code> shows one.
  </p>`;
}

function List({ runs }) {
  return html`
    <p class="aside">
      A run is one list of tasks, done side by side as far as they do not wait for each other.
    </p>
    <ol class="runs">${runs.map((run) => html`<${Row} key=${run.run_id} run=${run} />`)}</ol>
  `;
}

function Row({ run }) {
  return html`<li>
    <a class="run-row" href=${toRun(run.run_id)}>
      <${Badge} state=${run.status} />
      <span class="what">
        <b>${title(run)}</b>
        <span class="aside">${run.short} · ${line(run.cwd)}</span>
      </span>
      <span class="progress">
        <${Bar} counts=${run.counts} /><${Counts} counts=${run.counts} />
      </span>
      <${Times} run=${run} />
    </a>
    <p class="aside why">${why(run)}${run.parked ? `; ${line(run.parked)}` : ""}</p>
  </li>`;
}

/** "4 succeeded, 1 failed of 7 tasks". */
function Counts({ counts }) {
  const parts = tally(counts).map(([state, n]) => `${number(n)} ${word(state)}`);
  return html`<span class="aside">${parts.join(", ")} of ${counted(counts.total, "task")}</span>`;
}

const Times = memo(({ run }) => {
  useSeconds(run.status === "running");
  return html`<span class="times">
    <span>${wall(run)}</span>
    <span class="aside">${run.cost_usd == null ? "no cost known" : dollars(run.cost_usd)}</span>
    <time class="aside" datetime=${run.created}>${moment(run.created)}</time>
  </span>`;
});

/** The time from begin to end, or until now. */
export function wall(run) {
  return run.status === "running" && run.began
    ? soFar(secondsSince(run.began))
    : duration(run.wall_seconds);
}

/** A run has no name of its own: its first task stands for it. */
export function title({ title: first, counts }) {
  const more = counts.total - 1;
  return more > 0 ? `${line(first)} and ${number(more)} more` : line(first) || "No tasks";
}

/** Why tasks ran side by side, or did not. */
export function why({ decision, slots }) {
  const how = decision.parallel ? `Side by side, up to ${slots} at a time` : "One after another";
  return `${how}: ${line(decision.reason)}`;
}
