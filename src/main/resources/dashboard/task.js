// The view of one task: what it was asked, how it stands, what came of it.

import { html, useEffect, useState } from "./lib/preact.js";
import { view } from "./api.js";
import { useBeat, useLive, useView } from "./live.js";
import { Missing } from "./parts.js";
import { seen, toTask, up } from "./route.js";
import { performAfter } from "./say.js";
import { Badge, Icon, isDone, isOpen, word } from "./states.js";
import { Took } from "./list.js";
import { counted, dollars, duration, line, number, visible } from "./words.js";

/** Between two looks at what a running task prints. */
const LOOK_MS = 2_000;
/** Lines of a patch that are shown; all of them are for "braid diff". */
const MOST_PATCH_LINES = 4_000;

export function Task({ now }) {
  const { connected, run } = useLive();
  const path = `runs/${encodeURIComponent(now.run)}/tasks/${encodeURIComponent(now.task)}`;
  const known = run?.tasks.find((task) => task.id === now.task);
  const look = useBeat(known?.state === "running", LOOK_MS);
  const { data, problem } = useView(path, `${connected} ${known?.state} ${known?.attempt} ${look}`);
  const mayEnd = run && isOpen(run) && data && !isDone(data.state);
  useEffect(() => {
    Object.assign(seen, { run: now.run, task: now.task });
  }, [now.run, now.task]);

  return html`
    <p class="way">
      <a href=${up(now)}>${run ? `Run ${run.short}` : "Run"}</a> › ${now.task}
    </p>
    <header class="run-head">
      <h1 tabindex="-1">${line(data?.subject ?? now.task)}</h1>
      ${data && html`<${Badge} state=${data.state} />`}
      ${mayEnd && html`<${Cancel} run=${run} task=${data} />`}
    </header>
    ${
      data
        ? html`<${Whole} run=${now.run} task=${data} path=${path} />`
        : html`<${Missing} problem=${problem} />`
    }
  `;
}

function Cancel({ run, task }) {
  const question = {
    title: `Cancel ${task.id}?`,
    text: "Its process is ended, and what waits for it is skipped. The other tasks go on.",
    yes: "Cancel the task",
    no: "Let it run",
  };
  const cancel = () => performAfter(question, "cancel", { run: run.run_id, tasks: [task.id] });
  return html`<div class="actions">
    <button type="button" onClick=${cancel}>Cancel…</button>
  </div>`;
}

function Whole({ run, task, path }) {
  const last = task.attempts?.at(-1);
  const output = task.output ?? last?.stdout;
  const named = isDone(task.state) ? "Output" : "Output so far";
  return html`
    ${task.error && html`<${Text} name="Error" text=${task.error} kind="error" />`}
    ${list(task.warnings).map(
      (warning) => html`<p class="note problem" key=${warning}>${line(warning)}</p>`,
    )}
    <${Facts} task=${task} />
    <${Neighbours} name="After" run=${run} tasks=${task.blockers} />
    <${Neighbours} name="Before" run=${run} tasks=${task.dependents} />
    <${FileConflicts} conflicts=${task.conflicts} />
    ${task.command && html`<${Text} name="Command" text=${task.command} />`}
    ${task.prompt && html`<${Text} name="Prompt" text=${task.prompt} />`}
    ${output && html`<${Text} name=${named} text=${output} />`}
    <${Changes} path=${path} />
    <${Attempts} attempts=${list(task.attempts)} />
  `;
}

/** Some members are lists here and numbers or nothing elsewhere. */
function list(value) {
  return Array.isArray(value) ? value : [];
}

function Facts({ task }) {
  const facts = [
    ["Time", html`<${Took} task=${task} />`, task.since || task.duration != null],
    ["Expected", duration(task.expected_seconds), task.expected_seconds != null],
    ["Failure", line(task.failure), task.failure],
    ["Exit code", task.exit_code, task.exit_code != null],
    ["Attempt", task.attempt, task.attempt > 0],
    ["Slot", task.slot, task.slot != null],
    ["Cost", dollars(task.cost_usd), task.cost_usd != null || task.prompt],
    ["Tokens", task.tokens != null && number(task.tokens), task.tokens != null],
    ["Type", line(task.type), task.type],
    ["Wave", (task.wave ?? 0) + 1, true],
    ["Critical path", "yes, it is part of the longest chain", task.critical],
    ["Model", line(task.model), task.model],
    ["Agent", line(task.agent), task.agent],
    ["Skill", line(task.skill), task.skill],
    ["Uses", list(task.resources).map(line).join(", "), list(task.resources).length > 0],
    ["Folder", line(task.cwd), task.cwd],
    ["Session", line(task.session_id), task.session_id],
    ["Conversation", html`<code>${line(task.open)}</code>`, task.open],
  ];
  return html`<dl class="facts">
    ${facts
      .filter(([, , isKnown]) => isKnown)
      .map(([name, text]) => html`<div key=${name}><dt>${name}</dt><dd>${text}</dd></div>`)}
  </dl>`;
}

function Neighbours({ name, run, tasks }) {
  return (
    list(tasks).length > 0 &&
    html`<section class="neighbours" aria-label=${`${name} this task`}>
      <h2>${name}</h2>
      <ul>
        ${tasks.map(
          ({ id, state }) =>
            html`<li key=${id}>
              <a class=${`chip is-${state}`} href=${toTask(run, id)}>
                <${Icon} state=${state} />${id}<span class="aside">${word(state)}</span>
              </a>
            </li>`,
        )}
      </ul>
    </section>`
  );
}

/** Files that two tasks changed in ways that do not fit. */
function FileConflicts({ conflicts }) {
  return (
    list(conflicts).length > 0 &&
    html`<${Text} name="Conflicts" kind="error" text=${JSON.stringify(conflicts, null, 2)} />`
  );
}

/** A text of somebody else. It can be reached by keys, for it may be longer than its place. */
function Text({ name, text, kind = "" }) {
  return html`<section class=${`text ${kind}`}>
    <h2>${name}</h2>
    <pre tabindex="0" aria-label=${name}>${visible(text)}</pre>
  </section>`;
}

function Changes({ path }) {
  const [patch, setPatch] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () =>
    view(`${path}/diff`).then(
      (answer) => setPatch(answer.patch),
      (fault) => setProblem(fault.message),
    );
  return html`<section class="text">
    <h2>Changes</h2>
    ${problem && html`<p class="note problem">${problem}</p>`}
    ${
      patch === null &&
      html`<button type="button" onClick=${load}>Show the changes to files</button>`
    }
    ${
      patch === "" &&
      html`<p class="aside">
      None are known: it changed nothing, or worked in the tree itself and not in a worktree.
    </p>`
    }
    ${patch && html`<${Patch} text=${patch} />`}
  </section>`;
}

const KINDS = { "+": "added", "-": "removed", "@": "place" };

function Patch({ text }) {
  const lines = visible(text).split("\n");
  const isLong = lines.length > MOST_PATCH_LINES;
  return html`<pre class="patch" tabindex="0" aria-label="Changes">${lines
    .slice(0, MOST_PATCH_LINES)
    .map(
      (each, i) => html`<span key=${i} class=${KINDS[each[0]] ?? ""}>${each}${"\n"}</span>`,
    )}</pre>
    ${
      isLong &&
      html`<p class="aside">
      ${counted(lines.length - MOST_PATCH_LINES, "line")} more: all are shown by
      ${" "}<code>braid diff</code>.
    </p>`
    }`;
}

function Attempts({ attempts }) {
  return (
    attempts.length > 0 &&
    html`<section class="attempts">
      <h2>Attempts</h2>
      ${attempts.map(
        ({ attempt, outcome, stdout, stderr }) => html`<details key=${attempt}>
          <summary><${Icon} state=${outcome} /> Attempt ${attempt}: ${word(outcome)}</summary>
          ${
            stdout
              ? html`<${Text} name="Standard output" text=${stdout} />`
              : html`<p class="aside">It printed nothing.</p>`
          }
          ${stderr && html`<${Text} name="Standard error" text=${stderr} />`}
        </details>`,
      )}
    </section>`
  );
}
