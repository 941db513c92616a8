// What the page knows, kept up to date by what the daemon tells. Parts of the page read `live` and
// are drawn again when something of it changed.

import { Component, useEffect, useReducer, useState } from "./lib/preact.js";
import { follow, Locked, Unreachable, view } from "./api.js";
import { isDone } from "./states.js";

/** Changes that come together are drawn together. */
const DRAW_MS = 80;
/** A whole run is not asked for more often, and a large one takes longer to answer. */
const REFRESH_MS = 1_500;
const REFRESH_SHARE = 10;
/** A page that nobody looks at lets go of its connection, of which a browser has few. */
const HIDDEN_MS = 60_000;

/** Members of a task that change; the others stay what they are. */
const CHANGING = [
  "state",
  "attempt",
  "slot",
  "since",
  "duration",
  "cost_usd",
  "failure",
  "error",
  "warnings",
  "critical",
];

/**
 * connection: "connecting", "live", "lost" or "locked". connected: how often it came about, so that
 * who shows something asks for it again. run: the one that is watched, or null.
 */
export const live = {
  connection: "connecting",
  connected: 0,
  resources: 0,
  overview: null,
  overviewProblem: null,
  run: null,
  runProblem: null,
};

const drawers = new Set();
let isDue = false;

function changed(members) {
  Object.assign(live, members);
  if (!isDue) {
    isDue = true;
    setTimeout(() => {
      isDue = false;
      drawers.forEach((draw) => draw());
    }, DRAW_MS);
  }
}

/** Draws a component whenever something changed. */
export function useLive() {
  const [, draw] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    drawers.add(draw);
    return () => drawers.delete(draw);
  }, []);
  return live;
}

/** Draws a component every so often while it is on, with a number that grows. */
export function useBeat(isOn, milliseconds) {
  const [beats, draw] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    const timer = isOn && setInterval(draw, milliseconds);
    return () => clearInterval(timer);
  }, [isOn, milliseconds]);
  return beats;
}

/** Draws a component every second while something in it runs. */
export function useSeconds(isRunning) {
  useBeat(isRunning, 1000);
}

/** Calls for a key that is pressed anywhere but where something is typed: { key: function }. */
export function useKeys(acts) {
  useEffect(() => {
    const pressed = (event) => {
      const isOther = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
      if (!isOther && event.key in acts && !isTypedInto(event.target)) {
        event.preventDefault();
        acts[event.key]();
      }
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

function isTypedInto(element) {
  return element.closest?.("input, textarea, select, dialog") != null;
}

/** Leaves a component as it is while its properties are the same. */
export function memo(draw) {
  return class extends Component {
    shouldComponentUpdate(next) {
      const keys = new Set([...Object.keys(next), ...Object.keys(this.props)]);
      return [...keys].some((key) => next[key] !== this.props[key]);
    }

    render(properties) {
      return draw(properties);
    }
  };
}

/**
 * Something that the daemon shows: { data, problem }. It is asked for again when the version
 * changes; until the answer is there, the old one stays.
 */
export function useView(path, version) {
  const [answer, setAnswer] = useState({ path });
  useEffect(() => {
    let isWanted = path !== null;
    view(path).then(
      (data) => isWanted && setAnswer({ path, data }),
      (fault) => isWanted && failed(fault, (problem) => setAnswer({ path, problem })),
    );
    return () => (isWanted = false);
  }, [path, version]);
  return answer.path === path ? answer : { path };
}

/** What the connection tells by itself is not told again. */
function failed(fault, tell) {
  if (fault instanceof Locked) {
    changed({ connection: "locked" });
  } else if (!(fault instanceof Unreachable)) {
    tell(fault.message);
  }
}

let stop = () => {};
/** What is followed: a run's id or null, when it is asked for, and what was heard meanwhile. */
let watched = { run: null, isLost: false, timer: null, isWanted: false, late: null };

/** Shows that this page has no key. */
export function lock() {
  stop();
  changed({ connection: "locked" });
}

/** Begins to listen; run: the one to hear of closely, or null. */
export function watch(run) {
  stop();
  clearTimeout(watched.timer);
  watched = { run, isLost: false, timer: null, isWanted: false, late: null };
  if (live.run?.run_id !== run) {
    changed({ run: null, runProblem: null });
  }
  stop = follow(run, {
    live: () => {
      changed({ connection: "live", connected: live.connected + 1 });
      if (watched.isLost) {
        watched.isLost = false;
        refresh(0);
      }
    },
    lost: () => {
      watched.isLost = true;
      changed({ connection: "lost" });
    },
    locked: () => changed({ connection: "locked" }),
    event: hear,
  });
  // At once: the first thing that is told of a run is how all of its tasks stand by then.
  refresh(0);
  if (live.overview === null) {
    loadOverview();
  }
}

let hiding = null;
let isAsleep = false;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(() => {
      isAsleep = true;
      stop();
    }, HIDDEN_MS);
  } else if (isAsleep) {
    isAsleep = false;
    watch(watched.run);
  }
});

function hear(event, data) {
  if (event === "overview") {
    loadOverview();
  } else if (event === "resources") {
    changed({ resources: live.resources + 1 });
  } else if (event === "run" && data.run_id === watched.run) {
    watched.late?.push(data);
    if (live.run !== null) {
      changed({ run: after(live.run, data) });
    }
    if (data.timeline_changed) {
      refresh(REFRESH_MS);
    }
  }
}

/** A run after some of its tasks changed. Tasks that did not are the same objects as before. */
function after(run, { tasks = [], timeline_changed, ...members }) {
  const all = run.tasks.slice();
  for (const { i, ...change } of tasks) {
    const fixed = { ...run.tasks[i] };
    CHANGING.forEach((key) => delete fixed[key]);
    all[i] = { ...fixed, ...change };
  }
  for (const { i } of tasks) {
    run.dependents[i].forEach((each) => (all[each] = freed(all[each], run.blockers[each], all)));
  }
  return { ...run, ...members, tasks: all };
}

/** A task after its blockers changed. The daemon tells only what stands in the journal. */
function freed(task, blockers, all) {
  const isFree = task.state === "waiting" && blockers.every((each) => isDone(all[each].state));
  return isFree ? { ...task, state: "ready" } : task;
}

function loadOverview() {
  view("overview").then(
    (overview) => changed({ overview, overviewProblem: null }),
    (fault) => failed(fault, (problem) => changed({ overviewProblem: problem })),
  );
}

/** Asks for the whole run in a while. */
function refresh(pause) {
  watched.isWanted = watched.run !== null;
  if (watched.isWanted && watched.timer === null) {
    watched.timer = setTimeout(loadRun, pause, watched);
  }
}

async function loadRun(mine) {
  const began = performance.now();
  mine.isWanted = false;
  mine.late = [];
  try {
    const run = await view(`runs/${encodeURIComponent(mine.run)}`);
    if (mine === watched) {
      // What was heard on the way may be newer than the answer, unless that is the last word.
      const isOver = run.ended !== null && mine.late.every(({ ended }) => ended === run.ended);
      mine.isWanted = mine.isWanted && !isOver;
      changed({ run: mine.late.reduce(after, withShape(run)), runProblem: null });
    }
  } catch (fault) {
    failed(fault, (problem) => mine === watched && changed({ runProblem: problem }));
  }
  mine.late = null;
  mine.timer = setTimeout(
    () => {
      mine.timer = null;
      if (mine.isWanted && mine === watched) {
        refresh(0);
      }
    },
    REFRESH_SHARE * (performance.now() - began),
  );
}

/**
 * Adds who waits for whom by number, blockers[i] and dependents[i], and subjects that are left out.
 * A run never changes its shape, so one that is known keeps the same objects.
 */
function withShape(run) {
  const tasks = run.tasks.map((task) => ({ ...task, subject: task.subject ?? task.id }));
  if (live.run?.run_id === run.run_id && live.run.tasks.length === tasks.length) {
    const { edges, blockers, dependents } = live.run;
    return { ...run, tasks, edges, blockers, dependents };
  }
  const blockers = tasks.map(() => []);
  const dependents = tasks.map(() => []);
  for (const [from, to] of run.edges) {
    blockers[to].push(from);
    dependents[from].push(to);
  }
  return { ...run, tasks, blockers, dependents };
}
