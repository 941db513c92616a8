// Small parts that several views have.

import { html } from "./lib/preact.js";

/** Figures side by side: [name, text, note]. kind: a class of its own, or nothing. */
export function Figures({ figures, kind = "" }) {
  return html`<dl class=${`figures ${kind}`}>
    ${figures.map(
      ([name, text, note]) =>
        html`<div key=${name}>
          <dt>${name}</dt>
          <dd>${text} ${note && html`<span class="aside">${note}</span>`}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A table that scrolls by itself where it is too wide; rows are its children. */
export function Table({ name, heads, children }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${name}>
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th key=${head} scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${children}
      </tbody>
    </table>
  </div>`;
}

/** Buttons that move a picture: [sign, name, what it does, whether it cannot now]. */
export function Moves({ moves }) {
  return html`<div class="zoom">
    ${moves.map(
      ([sign, name, act, isOff]) =>
        html`<button
          type="button"
          key=${name}
          aria-label=${name}
          disabled=${isOff}
          onClick=${act}
        >
          ${sign}
        </button>`,
    )}
  </div>`;
}

/** What stands in the place of something that is not there yet, or cannot be shown. */
export function Missing({ problem }) {
  return html`<p class="aside">${problem ? `It cannot be shown: ${problem}` : "Loading"}</p>`;
}
