// A message as it is shown.

import { element } from "./ui/dom.js";
import { linkified } from "./chat/links.js";
import { deletionOf } from "./chat/message-state.js";

/** One that is stored. */
export function messageItem(message, mine) {
  const { sender, imported, createdAt, editedAt, deletedAt, content, reactions } = message;
  const name = imported?.author ?? sender.displayName ?? sender.username;
  const item = element(
    "li",
    { className: mine ? "mine" : "", part: "message" },
    element(
      "div",
      { className: "who" },
      element("span", { className: "name" }, imported ? `${name} (imported)` : name),
      ...(sender.bot ? [element("span", { className: "bot" }, "bot")] : []),
      time(createdAt),
      ...(editedAt && !deletedAt ? [element("span", {}, "edited")] : []),
    ),
  );
  if (deletedAt) {
    item.append(element("div", { className: "text gone" }, deletionOf(message)));
    return item;
  }
  item.append(element("div", { className: "text" }, ...linkified(content)));
  if (reactions?.length > 0) {
    item.append(
      element(
        "ul",
        { className: "reactions", role: "list", "aria-label": "Reactions" },
        ...reactions.map(({ emoji, count }) => element("li", {}, `${emoji} ${count}`)),
      ),
    );
  }
  return item;
}

const OUTBOX = { waiting: "Waiting to be sent", sending: "Sending…" };

/** One that is on its way. */
export function pendingItem({ clientId, content, state, error }, { retry, discard }) {
  const action = (text, onclick) => element("button", { type: "button", className: "link", onclick }, text);
  const status =
    state === "failed"
      ? element(
          "div",
          { className: "status failed" },
          `Not sent: ${error.message} `,
          action("Try again", () => retry(clientId)),
          action("Discard", () => discard(clientId)),
        )
      : element("div", { className: "status" }, OUTBOX[state]);
  return element("li", { className: `mine pending ${state}`, part: "message" }, element("div", { className: "text" }, content), status);
}

/** Messages of a history may be years old. */
function time(instant) {
  const at = new Date(instant);
  const clock = { hour: "2-digit", minute: "2-digit" };
  const text =
    at.toDateString() === new Date().toDateString()
      ? at.toLocaleTimeString([], clock)
      : at.toLocaleString([], { ...clock, day: "numeric", month: "short", year: "numeric" });
  return element("time", { dateTime: instant, title: at.toLocaleString() }, text);
}
