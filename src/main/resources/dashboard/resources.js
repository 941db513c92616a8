// The view of temporary skills and agents: what they are for, what will become of them, and what
// can be restored.

import { html } from "./lib/preact.js";
import { useLive, useView } from "./live.js";
import { perform, performAfter } from "./say.js";
import { counted, line, moment } from "./words.js";

export function Resources() {
  const { connected, resources } = useLive();
  const { data, problem } = useView("resources", `${connected} ${resources}`);
  return html`
    <h1 tabindex="-1">Temporary skills and agents</h1>
    <p class="aside">
      They were made for a task that required them. How often each is used is counted; what nobody
      needs goes to the trash, from where it can be restored for 30 days.
    </p>
    ${problem && html`<p class="note problem">${problem}</p>`}
    ${data && html`<${All} resources=${data.resources} /><${Trash} trash=${data.trash} />`}
  `;
}

function All({ resources }) {
  if (resources.length === 0) {
    return html`<p>There are none.</p>`;
  }
  return html`<ul class="cards">
    ${resources.map((each) => html`<${Resource} key=${each.kind + each.name} resource=${each} />`)}
  </ul>`;
}

function Resource({ resource }) {
  const { kind, name, description, created, created_by: by, usage_count: uses } = resource;
  const { last_used: used, marked, edited, decision, reason } = resource;
  const fate = marked ? "kept, as you wished" : `next clean-up: ${decision}`;
  const does = (action) => ({ kind, name, action });
  const remove = () =>
    performAfter(
      {
        title: `Delete ${kind} ${name}?`,
        text: "It goes to the trash, from where you can restore it.",
        yes: "Delete",
        no: "Leave it",
      },
      "resource",
      does("delete"),
    );
  return html`<li class="card">
    <h2>${name} <span class="aside">${kind}${edited ? ", edited by hand" : ""}</span></h2>
    <p>${line(description)}</p>
    <p class="aside">
      Made ${moment(created)}${by && ` by ${line(by)}`} · used ${counted(uses, "time")}
      ${used ? `, last ${moment(used)}` : ""}
    </p>
    <p>
      <b class=${`fate ${decision}`}>${fate}</b>
      <span class="aside"> ${line(reason)}</span>
    </p>
    <div class="actions">
      <button
        type="button"
        aria-pressed=${marked}
        onClick=${() => perform("resource", does(marked ? "unkeep" : "keep"))}
      >
        ${marked ? "Keep no longer" : "Keep"}
      </button>
      <button type="button" onClick=${remove}>Delete…</button>
    </div>
  </li>`;
}

function Trash({ trash }) {
  return (
    trash.length > 0 &&
    html`<section>
      <h2>Trash</h2>
      <ul class="cards">
        ${trash.map(
          ({ kind, name, deleted, reason }) => html`<li class="card" key=${kind + name + deleted}>
            <h3>${name} <span class="aside">${kind}</span></h3>
            <p class="aside">Deleted ${moment(deleted)}: ${line(reason)}</p>
            <div class="actions">
              <button
                type="button"
                onClick=${() => perform("resource", { kind, name, action: "restore" })}
              >
                Restore
              </button>
            </div>
          </li>`,
        )}
      </ul>
    </section>`
  );
}
