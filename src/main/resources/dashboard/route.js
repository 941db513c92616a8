// The address of what is shown: it stands behind the # and never reaches the daemon.

/** What is shown, as an object: { view, run, tab, task, filter }. */
export function route(hash = location.hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  const [view, run, tab, task] = path.split("/").map(decoded);
  if (view === "run" && run && tab === "task" && task) {
    return { view: "task", run, task };
  }
  if (view === "run" && run) {
    const known = ["graph", "timeline", "tasks"].includes(tab) ? tab : "graph";
    return { view: "run", run, tab: known, filter: new URLSearchParams(query) };
  }
  return { view: ["resources", "stats", "hooks"].includes(view) ? view : "runs" };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

export function toRun(run, tab = "graph", filter = {}) {
  const query = new URLSearchParams(filter).toString();
  return `#/run/${encodeURIComponent(run)}/${tab}${query && `?${query}`}`;
}

export function toTask(run, task) {
  return `#/run/${encodeURIComponent(run)}/task/${encodeURIComponent(task)}`;
}

/**
 * What was shown last: a task, by its id and that of its run; and a view of a run, by its address.
 * Who comes back goes on there.
 */
export const seen = { run: null, task: null, place: "" };

/** The number of the task of a run that was shown last; -1 when that was another one. */
export function lastSeen(run) {
  return seen.run === run.run_id ? run.tasks.findIndex((task) => task.id === seen.task) : -1;
}

/** Where Esc leads. */
export function up({ view, run }) {
  if (view !== "task") {
    return "#/runs";
  }
  const before = route(seen.place);
  return before.view === "run" && before.run === run ? seen.place : toRun(run);
}
