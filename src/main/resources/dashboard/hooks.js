// The view of hook latencies: what Braid costs a session of Claude Code.

import { html } from "./lib/preact.js";
import { useBeat, useLive, useView } from "./live.js";
import { Missing, Table } from "./parts.js";
import { line, moment, number } from "./words.js";

/** What the design promises for the inside of the daemon, in milliseconds. */
const BARS = { p50_ms: 1, p99_ms: 10 };

/** Between two looks: nobody tells of each event. */
const LOOK_MS = 5_000;

export function Hooks() {
  const { connected } = useLive();
  const look = useBeat(true, LOOK_MS);
  const { data, problem } = useView("hooks", `${connected} ${look}`);
  return html`
    <h1 tabindex="-1">Hooks</h1>
    <p class="aside">
      How long the daemon took to answer events of Claude Code. Half of them should take at most
      1 ms (p50), all but one in a hundred at most 10 ms (p99).
    </p>
    ${data ? html`<${Latencies} hooks=${data} />` : html`<${Missing} problem=${problem} />`}
  `;
}

function Latencies({ hooks: { events, since } }) {
  if (events.length === 0) {
    return html`<p>No event came since ${moment(since)}.</p>`;
  }
  return html`
    <p class="aside">Since ${moment(since)}:</p>
    <${Table} name="Latencies by event" heads=${["Event", "Count", "p50", "p99", "Longest"]}>
      ${events.map(
        (event) =>
          html`<tr key=${event.event}>
            <th scope="row">${line(event.event)}</th>
            <td>${number(event.count)}</td>
            <${Time} ms=${event.p50_ms} bar=${BARS.p50_ms} />
            <${Time} ms=${event.p99_ms} bar=${BARS.p99_ms} />
            <${Time} ms=${event.max_ms} />
          </tr>`,
      )}
    <//>
  `;
}

function Time({ ms, bar = Infinity }) {
  return html`<td class=${ms > bar ? "slow" : ""}>
    ${ms.toFixed(ms < 10 ? 2 : 0)} ms${ms > bar && " ▲ too slow"}
  </td>`;
}
