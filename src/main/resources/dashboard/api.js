// What the page asks of the daemon, and how it hears of changes.

const TOKEN = "braid-token";
const ANSWER_MS = 20_000;
/** The daemon is heard every 5 s at least; a stream that is silent for longer is dead. */
const SILENCE_MS = 15_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** The daemon does not know this page: it needs a new link. */
export class Locked extends Error {}

/** The daemon says no; the message is for a person. */
export class Refused extends Error {}

/** The daemon does not answer. */
export class Unreachable extends Error {}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

/** Takes a one-time code out of the address, and changes it for the token of this tab. */
export async function enter() {
  const code = /^#code=(.+)$/.exec(location.hash)?.[1];
  if (code === undefined) {
    return;
  }
  history.replaceState(null, "", location.pathname);
  const answer = await ask("/dashboard/enter", post({ code }));
  sessionStorage.setItem(TOKEN, (await answer.json()).token);
}

/** @throws {Locked|Refused|Unreachable} */
export async function view(path) {
  return (await ask(`/view/${path}`, {})).json();
}

/** Does something, and returns what was done in a line. @throws {Locked|Refused|Unreachable} */
export async function act(action, body) {
  return (await (await ask(`/act/${action}`, post(body))).json()).done;
}

function post(body) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
}

async function ask(path, request) {
  const { signal = AbortSignal.timeout(ANSWER_MS) } = request;
  const headers = { ...request.headers };
  if (hasToken()) {
    headers["X-Braid-Token"] = sessionStorage.getItem(TOKEN);
  }
  let answer;
  try {
    answer = await fetch(path, { ...request, headers, signal });
  } catch (fault) {
    throw new Unreachable(fault.message);
  }
  if (answer.status === 401) {
    throw new Locked();
  }
  if (!answer.ok) {
    throw new Refused((await answer.text()).trim());
  }
  return answer;
}

/**
 * Listens to what happens, and tries again forever when the daemon is not heard.
 *
 * @param run what to hear of closely; null for nothing
 * @param heard called: live(), event(name, data), lost(), locked()
 * @returns a function that ends it
 */
export function follow(run, heard) {
  const end = new AbortController();
  keepListening(run, heard, end.signal);
  return () => end.abort();
}

async function keepListening(run, heard, end) {
  let pause = FIRST_PAUSE_MS;
  let about = run;
  while (!end.aborted) {
    try {
      await listen(about, end, {
        ...heard,
        live: () => {
          pause = FIRST_PAUSE_MS;
          heard.live();
        },
      });
    } catch (fault) {
      if (fault instanceof Locked && !end.aborted) {
        heard.locked();
        return;
      }
      if (fault instanceof Refused && about !== null) {
        about = null; // the run is not there, but the daemon is
        continue;
      }
    }
    if (!end.aborted) {
      heard.lost();
      await rest(pause, end);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

function rest(milliseconds, end) {
  return new Promise((done) => {
    const over = () => {
      clearTimeout(timer);
      end.removeEventListener("abort", over);
      done();
    };
    const timer = setTimeout(over, milliseconds);
    end.addEventListener("abort", over);
  });
}

/** One connection, until it ends. EventSource is not used: it cannot send the token. */
async function listen(run, end, heard) {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE_MS);
  try {
    const path = `/view/events${run ? `?run=${encodeURIComponent(run)}` : ""}`;
    const answer = await ask(path, { signal: AbortSignal.any([end, silent.signal]) });
    heard.live();
    let text = "";
    for await (const part of chunks(answer.body.pipeThrough(new TextDecoderStream()))) {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
      const events = (text + part).split("\n\n");
      text = events.pop();
      events.forEach((event) => hear(event, heard));
    }
  } finally {
    clearTimeout(timer);
  }
}

/** A stream as an iterable; not every browser has that built in. */
async function* chunks(stream) {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    yield next.value;
  }
}

function hear(event, heard) {
  const fields = new Map();
  for (const row of event.split("\n")) {
    const colon = row.indexOf(":");
    if (colon > 0) {
      fields.set(row.slice(0, colon), row.slice(colon + 1).trim());
    }
  }
  if (fields.has("event")) {
    heard.event(fields.get("event"), JSON.parse(fields.get("data") || "{}"));
  }
}
