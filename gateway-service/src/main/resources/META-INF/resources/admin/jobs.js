// Background jobs of everybody.

import { element } from "/ui/dom.js";
import { ask } from "./dialogs.js";
import { PagedList } from "./list.js";
import { nameOf, withNames } from "./names.js";
import { badge, button, code, notify, record, time } from "./parts.js";
import { pages, request } from "./session.js";

const KINDS = { succeeded: "good", failed: "bad", cancelled: "warn" };

export function jobs() {
  const load = withNames(pages("/api/jobs"), ({ user }) => [user]);
  const list = new PagedList({ label: "Jobs", load, item: jobRecord, empty: "There is no job." });
  return { tools: [button("Refresh", () => list.reload())], body: [list.node], start: () => list.reload() };
}

function jobRecord(job, change) {
  const { id, kind, state, user, progress, attempts, error, createdAt, startedAt, finishedAt } = job;
  const ended = finishedAt !== null;
  return record(kind, {
    badges: [badge(state, KINDS[state])],
    facts: [
      ["Of", nameOf(user)],
      ["Progress", progress.total === null ? String(progress.done) : `${progress.done} of ${progress.total}`],
      ["Attempts", attempts > 1 ? attempts : undefined],
      ["Created", time(createdAt)],
      ["Started", startedAt && time(startedAt)],
      ["Ended", finishedAt && time(finishedAt)],
      ["Error", error && element("span", { className: "bad" }, `${error.message} (${error.code})`)],
      ["Id", code(id)],
    ],
    actions: ended ? [] : [button("Cancel", () => cancel(job, change), "danger")],
  });
}

function cancel({ id, kind }, change) {
  return ask({
    title: `Cancel this ${kind}?`,
    text: "What it has done so far stays.",
    submit: "Cancel the job",
    danger: true,
    run: async () => {
      await request("DELETE", `/api/jobs/${id}`);
      notify("The job is being cancelled.");
      change(await request("GET", `/api/jobs/${id}`));
    },
  });
}
