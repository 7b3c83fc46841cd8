// The firing alerts, the worst first, and the pending ones.

import { $, element, setText } from "/ui/dom.js";
import { clock, span } from "./format.js";
import { setChildren } from "./table.js";

const ORDER = ["critical", "warning"];

/** By their texts: `{ at, node, elapsed, fires }`. The nodes are kept, so that a link keeps the focus. */
let items = new Map();

const keyOf = ({ fires, name, message }) => `${fires ? "" : "pending "}${name}: ${message}`;
const none = element("li", { className: "none" }, "No alert fires.");
const unknown = element("li", { className: "unknown" }, "Not known: no sample has come yet.");

/** Shows the alerts, or without a sample that they are not known, and announces changes to screen readers. */
export function showAlerts(sample) {
  const { alerts: firing = [], pendingAlerts: pending = [] } = sample ?? {};
  const sorted = [...order(firing).map((alert) => ({ ...alert, fires: true })), ...order(pending)];
  const present = new Map(sorted.map((alert) => [keyOf(alert), items.get(keyOf(alert)) ?? item(alert)]));
  const spoken = [
    ...[...present].filter(([key, { fires }]) => fires && !items.has(key)).map(([key]) => `Alert ${key}.`),
    ...[...items].filter(([key, { fires }]) => fires && !present.has(key)).map(([key]) => `Over: ${key}.`),
  ];
  if (spoken.length > 0) {
    setText($("announcement"), spoken.join(" "));
  }
  items = present;
  items.forEach(({ at, elapsed }) => setText(elapsed, span(Date.now() - at)));
  const fire = nodesOf(({ fires }) => fires);
  const wait = nodesOf(({ fires }) => !fires);
  setChildren($("alerts"), fire.length > 0 ? fire : [sample ? none : unknown]);
  setChildren($("pending-alerts"), wait);
  $("pending").hidden = wait.length === 0;
  setText($("pending-title"), `${wait.length} pending: ${wait.length === 1 ? "it fires" : "they fire"} unless what is wrong ends before`);
}

const nodesOf = (condition) => [...items.values()].filter(condition).map(({ node }) => node);

const order = (alerts) =>
  [...alerts].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || a.since.localeCompare(b.since));

function item({ name, severity, message, since, firesAt, runbook, fires }) {
  const at = Date.parse(since);
  const elapsed = element("span");
  const node = element(
    "li",
    { className: fires ? severity : "pending" },
    element("strong", { className: "severity" }, fires ? severity : `pending ${severity}`),
    element("span", { className: "message" }, message),
    element("span", { className: "hint" }, "since ", element("time", { dateTime: since }, clock(at)), ", for ", elapsed),
  );
  if (!fires && firesAt) {
    node.append(element("span", { className: "hint" }, `fires at ${clock(Date.parse(firesAt))}`));
  }
  // An external address, possibly from the configuration: only http and https are allowed.
  node.append(
    /^https?:/.test(runbook ?? "") ? element("a", { href: runbook, target: "_blank", rel: "noreferrer" }, name) : name,
  );
  return { at, node, elapsed, fires };
}
