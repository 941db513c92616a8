// The page as a whole: what is around every view, keys, and which view is shown.

import { html, render, useEffect, useState } from "./lib/preact.js";
import { enter, hasToken } from "./api.js";
import { lock, useKeys, useLive, watch } from "./live.js";
import { route, toRun, up } from "./route.js";
import { Dialog, Sayings } from "./say.js";
import { Hooks } from "./hooks.js";
import { Resources } from "./resources.js";
import { Run } from "./run.js";
import { Runs } from "./runs.js";
import { Stats } from "./stats.js";
import { Task } from "./task.js";
import { duration, megabytes, visible } from "./words.js";

const PLACES = [
  ["runs", "Runs"],
  ["resources", "Resources"],
  ["stats", "Statistics"],
  ["hooks", "Hooks"],
];

const KEYS = [
  ["Tab, Enter", "go to what can be used, and use it"],
  ["← → ↑ ↓", "go from task to task, in the graph along its lines"],
  ["g  t  l", "a run as graph, as timeline, as list of tasks"],
  ["/", "search the tasks of a run"],
  ["+  −  0", "larger, smaller, all of it"],
  ["Esc", "back"],
  ["?", "these keys"],
];

function App() {
  const now = useRoute();
  const [isHelping, help] = useState(false);
  const { connection, overview } = useLive();
  useEffect(() => {
    if (connection !== "locked") {
      watch(now.run ?? null);
    }
  }, [now.run]);
  useKeys(keys(now, () => help(true)));
  useEffect(startReading, [now.view, now.run, now.task]);
  if (connection === "locked") {
    return html`<${Locked} />`;
  }
  return html`
    <a class="skip" href="#content" onClick=${skip}>Skip to the content</a>
    <header class="top">
      <a class="name" href="#/runs"><img src="favicon.svg" alt="" width="20" height="20" />Braid</a>
      <nav aria-label="Views">
        ${PLACES.map((place) => html`<${Place} key=${place[0]} now=${now} place=${place} />`)}
      </nav>
      <${Connection} connection=${connection} />
    </header>
    ${
      connection === "lost" &&
      html`<p class="banner" role="alert">The daemon does not answer; trying again.</p>`
    }
    <${Problems} problems=${overview?.problems ?? []} />
    <main id="content"><${View} now=${now} /></main>
    <footer>
      <${Daemon} overview=${overview} />
      <button type="button" class="plain" onClick=${() => help(true)}>Keys: ?</button>
    </footer>
    ${isHelping && html`<${Help} close=${() => help(false)} />`}
    <${Sayings} />
  `;
}

function View({ now }) {
  switch (now.view) {
    case "run":
      return html`<${Run} now=${now} />`;
    case "task":
      return html`<${Task} key=${now.run + now.task} now=${now} />`;
    case "resources":
      return html`<${Resources} />`;
    case "stats":
      return html`<${Stats} />`;
    case "hooks":
      return html`<${Hooks} />`;
    default:
      return html`<${Runs} />`;
  }
}

function Place({ now, place: [view, name] }) {
  const isHere = view === now.view || (view === "runs" && now.run);
  return html`<a href=${`#/${view}`} aria-current=${isHere ? "page" : null}>${name}</a>`;
}

const CONNECTIONS = { live: "live", connecting: "connecting", lost: "no connection" };

function Connection({ connection }) {
  return html`<span class=${`connection ${connection}`} role="status">
    ${CONNECTIONS[connection]}
  </span>`;
}

function Problems({ problems }) {
  return (
    problems.length > 0 &&
    html`<section class="problems" aria-label="Problems">
      <ul>${problems.map((problem) => html`<li key=${problem}>${visible(problem)}</li>`)}</ul>
    </section>`
  );
}

function Daemon({ overview }) {
  if (!overview) {
    return html`<span></span>`;
  }
  const { pid, version, uptime_seconds: uptime, rss_bytes: rss } = overview.daemon;
  return html`<span>
    Daemon ${version}, process ${pid}, up for ${duration(uptime)}, ${megabytes(rss)}; mode
    ${" "}${overview.mode}
  </span>`;
}

function Help({ close }) {
  return html`<${Dialog} title="Keys" onClose=${close}>
    <dl class="keys">
      ${KEYS.map(([keys, what]) => html`<div key=${keys}><dt>${keys}</dt><dd>${what}</dd></div>`)}
    </dl>
    <p class="choices"><button type="button" autofocus onClick=${close}>Close</button></p>
  <//>`;
}

function Locked() {
  return html`<main class="locked">
    <h1>Braid</h1>
    <p>This page needs a link of its own: run</p>
    <p><code>braid dashboard</code></p>
    <p class="aside">
      The link opens one tab, once. It keeps other users and other pages of this computer away from
      your runs.
    </p>
  </main>`;
}

function useRoute() {
  const [now, go] = useState(route());
  useEffect(() => {
    const moved = () => (location.hash.startsWith("#code=") ? location.reload() : go(route()));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return now;
}

/** The address of the page is taken for views, so this one moves without it. */
function skip(event) {
  event.preventDefault();
  startReading();
}

/** A new view begins at its heading, also for who does not see it, unless it took the focus. */
function startReading() {
  const main = document.querySelector("main");
  if (!main.contains(document.activeElement)) {
    main.querySelector("h1")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function keys(now, help) {
  const general = { "?": help, Escape: () => (location.hash = up(now)) };
  const show = (tab) => () => (location.hash = toRun(now.run, tab));
  return now.run
    ? {
        ...general,
        "/": () => search(now.run),
        g: show("graph"),
        t: show("timeline"),
        l: show("tasks"),
      }
    : general;
}

function search(run) {
  const field = document.querySelector("input[type=search]");
  if (field) {
    field.focus();
  } else {
    location.hash = toRun(run, "tasks", { search: "" });
  }
}

const isIn = await enter().then(hasToken, hasToken);
if (!isIn) {
  lock();
}
render(html`<${App} />`, document.getElementById("page"));
