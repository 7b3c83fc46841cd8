// The webhooks of all users, and their requests.

import { ask, showList, showSecret } from "./dialogs.js";
import { localTime } from "./fields.js";
import { PagedList } from "./list.js";
import { nameOf, withNames } from "./names.js";
import { badge, button, code, describe, notify, record, time } from "./parts.js";
import { pages, request } from "./session.js";

const PATH = "/api/webhooks";
const HOUR = 3_600_000;

export function webhooks() {
  const load = withNames(pages(PATH), ({ owner }) => [owner]);
  const list = new PagedList({ label: "Webhooks", load, item: webhookRecord, empty: "There is no webhook." });
  return { tools: [button("Refresh", () => list.reload())], body: [list.node], start: () => list.reload() };
}

function webhookRecord(webhook, change) {
  const { id, url, owner, events, rooms, enabled, failingSince, lastError, disabledAt, createdAt } = webhook;
  return record(url, {
    badges: [stateOf(webhook)],
    facts: [
      ["Owner", nameOf(owner)],
      ["Events", events.join(", ")],
      ["Rooms", rooms ? String(rooms.length) : "all of the owner"],
      ["Created", time(createdAt)],
      ["Disabled", disabledAt && time(disabledAt)],
      ["Failing since", failingSince && time(failingSince)],
      ["Last error", lastError],
      ["Id", code(id)],
    ],
    actions: [
      button("Deliveries", () => showDeliveries(webhook)),
      button("Test", ({ target }) => test(webhook, target)),
      button("Redeliver", () => redeliver(webhook)),
      button(enabled ? "Disable" : "Enable", () => enable(webhook, !enabled, change)),
      button("New secret", () => rotate(webhook)),
      button("Delete", () => remove(webhook, change), "danger"),
    ],
  });
}

function stateOf({ enabled, disabledReason, failingSince }) {
  if (!enabled) {
    return badge(disabledReason ? `disabled: ${disabledReason}` : "disabled", "bad");
  }
  return failingSince ? badge("failing", "warn") : badge("enabled", "good");
}

function showDeliveries({ id, url }) {
  const list = new PagedList({
    label: "Deliveries",
    load: pages(`${PATH}/${id}/deliveries`),
    item: deliveryRecord,
    empty: "Nothing has been posted yet.",
  });
  showList(`Deliveries to ${url}`, list);
}

function deliveryRecord({ at, outcome, status, millis, changes, room, firstRev, lastRev, messageId }) {
  return record(time(at), {
    badges: [badge(outcome, outcome === "delivered" ? "good" : "bad")],
    facts: [
      ["Status", status],
      ["Took", `${millis} ms`],
      ["Changes", changes],
      ["Room", room && code(room)],
      ["Revisions", firstRev && (firstRev === lastRev ? firstRev : `${firstRev} to ${lastRev}`)],
      ["Message id", code(messageId)],
    ],
  });
}

async function test({ id, url }, pressed) {
  pressed.disabled = true;
  try {
    const { outcome, status, millis } = await request("POST", `${PATH}/${id}/test`);
    notify(`${url}: ${outcome}${status ? `, status ${status}` : ""}, after ${millis} ms.`);
  } catch (failure) {
    notify(describe(failure));
  } finally {
    pressed.disabled = false;
  }
}

function redeliver({ id, url }) {
  return ask({
    title: `Redeliver to ${url}`,
    text: "All changes since this time are posted again.",
    fields: [{ name: "since", label: "Since", type: "datetime-local", required: true, value: localTime(Date.now() - HOUR) }],
    submit: "Redeliver",
    run: async ({ since }) => {
      const { rooms } = await request("POST", `${PATH}/${id}/redeliver`, { since: new Date(since).toISOString() });
      notify(`Changes of ${rooms} ${rooms === 1 ? "room" : "rooms"} are posted again.`);
    },
  });
}

async function enable({ id }, enabled, change) {
  try {
    change(await request("PATCH", `${PATH}/${id}`, { enabled }));
    notify(enabled ? "The webhook goes on where it was." : "The webhook is disabled. What it misses waits for it.");
  } catch (failure) {
    notify(describe(failure));
  }
}

async function rotate({ id, url }) {
  const rotated = await ask({
    title: "New secret?",
    text: `Notify the owner of ${url}. For a day the previous secret also signs.`,
    submit: "Make a new secret",
    run: () => request("POST", `${PATH}/${id}/rotate`),
  });
  if (rotated) {
    await showSecret("New secret", "This secret is shown now and never again.", rotated.secret);
  }
}

function remove({ id, url }, change) {
  return ask({
    title: "Delete this webhook?",
    text: `Nothing more is posted to ${url}. This cannot be undone.`,
    submit: "Delete the webhook",
    danger: true,
    run: async () => {
      await request("DELETE", `${PATH}/${id}`);
      notify("The webhook is deleted.");
      change(null);
    },
  });
}
