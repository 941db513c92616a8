// Columns over time, small. Every figure stands as text too: on each column and for screen readers.

import { html } from "./lib/preact.js";

/** Columns that have room for their figure above them; of more the highest is told. */
const MOST_NAMED = 5;

/**
 * values: numbers, null where nobody knows; names: of the columns; say: a value as text.
 */
export function Columns({ title, note, names, values, say }) {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const isNamed = values.length <= MOST_NAMED;
  return html`<figure class="chart">
    <figcaption><b>${title}</b> <span class="aside">${note}</span></figcaption>
    <ol class="chart-columns">
      ${values.map((value, i) => {
        const text = value == null ? "unknown" : say(value);
        const height = `${most === 0 ? 0 : (value / most) * 100}%`;
        return html`<li key=${names[i]} title=${`${names[i]}: ${text}`}>
          <span class=${isNamed ? "value" : "value hidden"}>${text}</span>
          ${value != null && html`<i style=${{ height }}></i>`}
          <span class="hidden"> in ${names[i]}</span>
        </li>`;
      })}
    </ol>
    <p class="chart-ends aside" aria-hidden="true">
      <span>${names[0]}</span>
      ${!isNamed && most > 0 && html`<span>highest ${say(most)}</span>`}
      ${names.length > 1 && html`<span>${names.at(-1)}</span>`}
    </p>
  </figure>`;
}
