// The view of one run: what it is, how it stands, what it gained; below that one of three pictures.

import { html, useEffect } from "./lib/preact.js";
import { useLive, useSeconds } from "./live.js";
import { seen, toRun } from "./route.js";
import { Graph } from "./graph.js";
import { TaskList } from "./list.js";
import { Timeline } from "./timeline.js";
import { Figures, Missing } from "./parts.js";
import { perform, performAfter } from "./say.js";
import { Badge, Bar, Icon, isOpen, tally, word } from "./states.js";
import { title, wall, why } from "./runs.js";
import {
  atMost,
  counted,
  dollars,
  duration,
  line,
  moment,
  number,
  percent,
  times,
} from "./words.js";

const TABS = [
  ["graph", "Graph"],
  ["timeline", "Timeline"],
  ["tasks", "Tasks"],
];

export function Run({ now }) {
  const { run, runProblem } = useLive();
  useEffect(() => {
    seen.place = location.hash;
  }, [now]);
  // The heading stays when the run comes: it may have the focus.
  return html`
    <header class="run-head">
      <h1 tabindex="-1">${run ? title(run) : "Run"}</h1>
      ${run && html`<${Head} run=${run} />`}
    </header>
    ${run ? html`<${Body} run=${run} now=${now} />` : html`<${Missing} problem=${runProblem} />`}
  `;
}

function Head({ run }) {
  return html`
    <${Badge} state=${run.status} />
    <${Actions} run=${run} />
    <p class="aside">
      Run ${run.short} · begun ${moment(run.began)} · in ${line(run.cwd)}
      ${run.session ? ` · from session ${line(run.session)}` : ""}
    </p>
    <p class="why">${why(run)}</p>
    ${run.parked && html`<p class="note">${line(run.parked)}</p>`}
  `;
}

function Body({ run, now }) {
  return html`
    <${Kept} kept=${run.kept ?? []} />
    <${Progress} run=${run} />
    <${Gain} run=${run} />
    <nav class="tabs" aria-label="Pictures of the run">
      ${TABS.map(([tab, name]) => {
        const here = tab === now.tab ? "page" : null;
        return html`<a key=${tab} href=${toRun(run.run_id, tab)} aria-current=${here}>${name}</a>`;
      })}
    </nav>
    <${Picture} now=${now} run=${run} />
  `;
}

function Picture({ now, run }) {
  switch (now.tab) {
    case "timeline":
      return html`<${Timeline} key=${run.run_id} run=${run} />`;
    case "tasks":
      return html`<${TaskList} key=${run.run_id} run=${run} tab="tasks" filter=${now.filter} />`;
    default:
      return html`<${Graph} key=${run.run_id} run=${run} filter=${now.filter} />`;
  }
}

function Actions({ run }) {
  const question = {
    title: `Cancel run ${run.short}?`,
    text: "What runs is ended, what waits never starts. What is done stays done.",
    yes: "Cancel the run",
    no: "Let it run",
  };
  const cancel = () => performAfter(question, "cancel", { run: run.run_id, tasks: [] });
  const retry = () => perform("retry", { run: run.run_id });
  const { failed, skipped, cancelled } = run.counts;
  const button = (name, title, act) =>
    html`<button type="button" title=${title} onClick=${act}>${name}</button>`;
  return html`<div class="actions">
    ${isOpen(run) && button("Cancel…", "Ends what runs", cancel)}
    ${
      !isOpen(run) &&
      failed + skipped + cancelled > 0 &&
      button("Retry", "Does again what did not succeed", retry)
    }
  </div>`;
}

/** Work that is not where the user would look for it. */
function Kept({ kept }) {
  return (
    kept.length > 0 &&
    html`<section class="problems" aria-label="Work that is not in your tree">
      <ul>${kept.map((each) => html`<li key=${each}>${line(each)}</li>`)}</ul>
    </section>`
  );
}

function Progress({ run }) {
  return html`<section class="run-progress" aria-label="Progress">
    <${Bar} counts=${run.counts} />
    <ul class="counts">
      ${tally(run.counts).map(
        ([state, n]) =>
          html`<li key=${state}>
            <a href=${toRun(run.run_id, "tasks", { state })}>
              <${Icon} state=${state} />${number(n)} ${word(state)}
            </a>
          </li>`,
      )}
      <li class="aside">of ${counted(run.counts.total, "task")}</li>
    </ul>
  </section>`;
}

/** What it took and what it gained, as measured. */
function Gain({ run }) {
  const isRunning = run.status === "running";
  useSeconds(isRunning);
  const { timing = {} } = run;
  // What runs does not count yet: the first tasks of a long run would make it look like a loss.
  const isMeasured = timing.sequential_seconds > 0 && (!isRunning || timing.speedup >= 1);
  const bound = (text) => (isMeasured ? atMost(text) : "not yet known");
  const figures = [
    [isRunning ? "Time so far" : "Time", wall(run)],
    ["One after another", bound(duration(timing.sequential_seconds))],
    ["Saved", bound(duration(timing.saved_seconds))],
    ["Speed-up", bound(times(timing.speedup))],
    isRunning || !isMeasured
      ? ["Ideal", "known at the end"]
      : [`Ideal, ${percent(timing.efficiency)} reached`, duration(timing.ideal_seconds)],
    ["Cost", dollars(run.cost_usd)],
  ];
  return html`<${Figures} figures=${figures} />`;
}
