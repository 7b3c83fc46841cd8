// Jobs and tasks: running, done and failed ones.

import { $, element } from "/ui/dom.js";
import { clock, millis, number, span } from "./format.js";
import { fillTable } from "./table.js";

const wrapped = (text) => element("span", { className: "wrap" }, text ?? "");
const failure = (text) => element("span", { className: "wrap bad" }, text);
const lastError = (error) => (error ? failure(`${error.message} (${clock(Date.parse(error.at))})`) : "");

/** Shows the response of `GET /api/ops/tasks`: all jobs, and the tasks of this gateway. */
export function showTasks({ jobs, running, recent }) {
  fillTable(
    $("jobs"),
    ["Kind", "Running", "Queued", "Completed", "Failed", "Cancelled", "Mean", "Longest", "Last error"],
    (jobs ?? []).map((job) => [
      job.kind,
      number(job.running),
      number(job.queued),
      number(job.completed),
      number(job.failed),
      number(job.cancelled),
      millis(job.meanMs),
      millis(job.maxMs),
      lastError(job.lastError),
    ]),
    jobs ? "There was none." : "message-service does not answer.",
  );
  fillTable(
    $("running"),
    ["Kind", "What", "Since", "For"],
    running.map((task) => [task.kind, wrapped(task.subject), clock(Date.parse(task.startedAt)), span(task.durationMs)]),
    "Nothing.",
  );
  fillTable(
    $("recent"),
    ["Kind", "What", "Began", "Took", "Error"],
    recent.map((task) => [
      task.kind,
      wrapped(task.subject),
      clock(Date.parse(task.startedAt)),
      millis(task.durationMs),
      task.error ? failure(task.error) : "",
    ]),
    "Nothing.",
  );
}

/** Shows the tasks of each replica by kind, from the stream. */
export function showKinds(tasks) {
  fillTable(
    $("kinds"),
    ["Kind", "Replica", "Running", "Completed", "Failed", "Mean", "Longest"],
    tasks.map((task) => [
      task.kind,
      task.replica,
      number(task.running),
      number(task.completed),
      number(task.failed),
      millis(task.meanMs),
      millis(task.maxMs),
    ]),
    "Nothing is known.",
  );
}
