// What the page says to the person, and asks before something is done that cannot be undone.

import { html, useEffect, useReducer, useRef } from "./lib/preact.js";
import { act, Locked } from "./api.js";
import { lock } from "./live.js";

const NOTE_MS = 8_000;

let note = null;
let question = null;
let draw = () => {};

/** Shows a line for a while; what went wrong stays until it is put away. */
function tell(text, isProblem) {
  const mine = { text, isProblem };
  note = mine;
  draw();
  if (!isProblem) {
    setTimeout(() => {
      note = note === mine ? null : note;
      draw();
    }, NOTE_MS);
  }
}

/** Does an action of the daemon and tells what came of it. */
export async function perform(action, body) {
  try {
    tell(await act(action, body), false);
  } catch (fault) {
    if (fault instanceof Locked) {
      lock();
    } else {
      tell(`Not done: ${fault.message}`, true);
    }
  }
}

/** Asks first. yes and no name what happens, not only "yes" and "no". */
export function performAfter({ title, text, yes, no }, action, body) {
  question = { title, text, yes, no, go: () => perform(action, body) };
  draw();
}

/** The place where all that is said; once on the page. */
export function Sayings() {
  const [, redraw] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    draw = redraw;
    return () => (draw = () => {});
  }, []);
  const putAway = () => {
    note = null;
    redraw();
  };
  return html`
    <div class="note-place" role="status">
      ${
        note &&
        html`<p class=${note.isProblem ? "note problem" : "note"}>
        ${note.text}<button type="button" class="plain" onClick=${putAway}>Close</button>
      </p>`
      }
    </div>
    ${question && html`<${Question} key=${question.title} ...${question} />`}
  `;
}

function Question({ title, text, yes, no, go }) {
  const close = () => {
    question = null;
    draw();
  };
  const agree = () => {
    close();
    go();
  };
  return html`<${Dialog} title=${title} onClose=${close}>
    <p>${text}</p>
    <p class="choices">
      <button type="button" autofocus onClick=${close}>${no}</button>
      <button type="button" class="danger" onClick=${agree}>${yes}</button>
    </p>
  <//>`;
}

/** A window above the page; Esc closes it. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => before?.focus?.();
  }, []);
  return html`<dialog ref=${dialog} aria-labelledby="dialog-title" onClose=${onClose}>
    <h2 id="dialog-title">${title}</h2>
    ${children}
  </dialog>`;
}
