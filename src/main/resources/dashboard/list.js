// All tasks of a run as a list that can be searched. Only the rows that can be seen exist, so that
// 10,000 tasks are as quick as ten.

import { html, useEffect, useMemo, useRef, useState } from "./lib/preact.js";
import { memo, useSeconds } from "./live.js";
import { lastSeen, seen, toRun, toTask } from "./route.js";
import { Badge, STATES, word } from "./states.js";
import { counted, dollars, duration, line, number, secondsSince, soFar } from "./words.js";

const ROW = 40;
/** Rows above and below those that can be seen, for the next movement. */
const MARGIN = 8;
const MOST_VISIBLE = 14;

const ORDERS = {
  graph: ["in order of the list", () => 0],
  state: ["by state", (a, b) => rank(a) - rank(b)],
  longest: ["longest first", (a, b) => (b.duration ?? 0) - (a.duration ?? 0)],
  dearest: ["most expensive first", (a, b) => (b.cost_usd ?? 0) - (a.cost_usd ?? 0)],
};

function rank(task) {
  return Object.keys(STATES).indexOf(task.state);
}

/** What can be chosen, and stands in the address when it is something else. */
const ALL = { search: "", state: "", wave: "", order: "graph" };

function choiceOf(filter) {
  return Object.fromEntries(Object.entries(ALL).map(([key, all]) => [key, filter.get(key) ?? all]));
}

/** tab: where it stands; filter: what the address says. */
export function TaskList({ run, tab, filter }) {
  const [choice, setChoice] = useState(() => choiceOf(filter));
  useEffect(() => setChoice(choiceOf(filter)), [filter]);
  const choose = (change) => {
    const next = { ...choice, ...change };
    setChoice(next);
    const told = Object.entries(next).filter(([key, value]) => value !== ALL[key]);
    seen.place = toRun(run.run_id, tab, Object.fromEntries(told));
    history.replaceState(null, "", seen.place);
  };
  const { search, state, wave, order } = choice;
  // An empty search in the address is the wish to type one.
  const isSearching = filter.get("search") === "";
  const shown = useMemo(() => chosen(run.tasks, choice), [run.tasks, choice]);
  return html`<section class="tasks" aria-label="Tasks">
    <form class="choice" onSubmit=${(event) => event.preventDefault()}>
      <${Search} text=${search} isFirst=${isSearching} change=${choose} />
      <${Choice} name="State" member="state" value=${state} change=${choose} values=${states()} />
      ${wave !== "" && html`<${OneWave} wave=${wave} change=${choose} />`}
      <${Choice} name="Order" member="order" value=${order} change=${choose} values=${orders()} />
      <output class="aside">${counted(shown.length, "task")} of ${number(run.tasks.length)}</output>
    </form>
    <${Rows} run=${run} shown=${shown} isLeft=${isSearching} />
  </section>`;
}

function states() {
  return [["", "all"], ...Object.entries(STATES)];
}

function orders() {
  return Object.entries(ORDERS).map(([key, [name]]) => [key, name]);
}

/** The numbers of the tasks to be shown. */
function chosen(tasks, { search, state, wave, order }) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const isFound = ({ id, subject, type, error = "" }) => {
    const text = `${id} ${subject} ${type} ${error}`.toLowerCase();
    return words.every((each) => text.includes(each));
  };
  const isShown = (task) =>
    (state === "" || task.state === state) &&
    isWithin(task.wave ?? 0, wave) &&
    (words.length === 0 || isFound(task));
  const shown = tasks.map((_, i) => i).filter((i) => isShown(tasks[i]));
  const [, compare] = ORDERS[order];
  return order === "graph" ? shown : shown.sort((a, b) => compare(tasks[a], tasks[b]) || a - b);
}

/** Whether a wave is what a filter such as "3" or "3-7" says; "" is all. */
function isWithin(wave, filter) {
  const [from, to = from] = filter.split("-").map(Number);
  return filter === "" || (wave >= from && wave <= to);
}

/** A filter of waves, counted from 1 as people do; it is only taken away here. */
function OneWave({ wave, change }) {
  const name = wave
    .split("-")
    .map((each) => Number(each) + 1)
    .join("–");
  return html`<button type="button" onClick=${() => change({ wave: "" })}>
    Wave ${name} only ×
  </button>`;
}

function Search({ text, isFirst, change }) {
  const field = useRef(null);
  useEffect(() => {
    if (isFirst) {
      field.current.focus();
    }
  }, [isFirst]);
  const leave = (event) => event.key === "Escape" && (change({ search: "" }), event.target.blur());
  return html`<label>
    Search
    <input
      ref=${field}
      type="search"
      value=${text}
      placeholder="id, subject, type, error"
      onInput=${(event) => change({ search: event.target.value })}
      onKeyDown=${leave}
    />
  </label>`;
}

/** member: of what can be chosen. */
function Choice({ name, member, value, change, values }) {
  return html`<label>
    ${name}
    <select value=${value} onChange=${(event) => change({ [member]: event.target.value })}>
      ${values.map(
        ([key, text]) =>
          html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`,
      )}
    </select>
  </label>`;
}

/** shown: numbers of tasks; isLeft: whether the focus is somewhere else. */
function Rows({ run, shown, isLeft }) {
  const box = useRef(null);
  // The row that is to take the focus; none when -1.
  const awaited = useRef(-1);
  const [top, setTop] = useState(0);
  const [at, setAt] = useState(0);
  const cursor = Math.min(at, Math.max(0, shown.length - 1));
  const height = Math.min(shown.length, MOST_VISIBLE) * ROW;
  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const end = Math.min(shown.length, Math.ceil((top + height) / ROW) + MARGIN);
  const indices = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
  // Tab leads to a row that exists.
  const stop = indices.includes(cursor) ? cursor : Math.ceil(top / ROW);

  const go = (next) => {
    const y = box.current.scrollTop;
    box.current.scrollTop = Math.min(next * ROW, Math.max(y, (next + 1) * ROW - height));
    awaited.current = next;
    setAt(next);
    setTop(box.current.scrollTop);
  };
  useEffect(() => {
    const last = shown.indexOf(lastSeen(run));
    if (last >= 0 && !isLeft) {
      go(last);
    }
  }, []);
  // A row has to exist before it can take the focus; what an earlier drawing left to do is not about it.
  useEffect(() => {
    if (awaited.current === cursor) {
      awaited.current = -1;
      box.current.querySelector(`[data-at="${cursor}"]`)?.focus({ preventScroll: true });
    }
  });
  const pressed = (event) => {
    const next = wished(event.key, cursor, shown.length - 1);
    if (next !== undefined) {
      event.preventDefault();
      go(next);
    }
  };

  return html`<div
    class="rows"
    ref=${box}
    style=${{ height: `${height}px` }}
    onScroll=${(event) => setTop(event.target.scrollTop)}
    onKeyDown=${pressed}
  >
    <ol style=${{ height: `${shown.length * ROW}px` }}>
      ${indices.map(
        (at) =>
          html`<${Row}
            key=${shown[at]}
            at=${at}
            all=${shown.length}
            run=${run.run_id}
            task=${run.tasks[shown[at]]}
            isStop=${at === stop}
            take=${setAt}
          />`,
      )}
    </ol>
  </div>`;
}

/** Where a key leads from a row; undefined for other keys. */
function wished(key, at, last) {
  const page = MOST_VISIBLE - 1;
  const targets = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  return key in targets ? Math.max(0, Math.min(last, targets[key])) : undefined;
}

const Row = memo(({ at, all, run, task, isStop, take }) => {
  return html`<li style=${{ top: `${at * ROW}px` }} aria-setsize=${all} aria-posinset=${at + 1}>
    <a
      class="row"
      href=${toTask(run, task.id)}
      data-at=${at}
      tabindex=${isStop ? 0 : -1}
      onFocus=${() => take(at)}
    >
      <${Badge} state=${task.state} />
      <span class="what">
        <b>${line(task.subject)}</b>
        <span class="aside">
          <span class="narrow" aria-hidden="true">${word(task.state)} · </span>${task.id}
        </span>
      </span>
      <span class="aside kind">${line(task.type)}</span>
      <span class="aside story">${line(task.error ?? task.failure)}</span>
      <span class="took"><${Took} task=${task} /></span>
      <span class="aside cost">${task.cost_usd == null ? "" : dollars(task.cost_usd)}</span>
    </a>
  </li>`;
});

/** How long a task took, or has been running. */
export function Took({ task }) {
  const isRunning = task.state === "running" && task.since;
  useSeconds(isRunning);
  if (isRunning) {
    return soFar(secondsSince(task.since));
  }
  return task.attempt > 0 && task.duration != null ? duration(task.duration) : "";
}
