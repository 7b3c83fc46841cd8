// A modal dialog that starts a background job, shows its progress and its result.

import { element } from "../ui/dom.js";
import { cancelJob, followJob } from "./jobs.js";

let dialogs = 0;

export class JobDialog {
  /**
   * @param client the client library
   * @param name the name of the job in messages, such as "import"
   * @param fields nodes of the form
   * @param submit the label of the button that starts the job
   * @param start gets the form and `{ signal, onProgress }`, and returns the job; the signal is aborted when the dialog is
   *   closed or cancelled before there is one
   * @param result returns the nodes that show the result of a successful job
   */
  constructor({ client, name, fields, submit, start, result }) {
    this.client = client;
    this.name = name;
    this.start = start;
    this.result = result;
    const id = `job-dialog-${++dialogs}`;
    this.title = element("h2", { id });
    this.form = element("form", {}, ...fields, element("button", { type: "submit" }, submit));
    this.bar = element("progress", { "aria-labelledby": id });
    this.count = element("span", { className: "hint" });
    this.cancel = element("button", { type: "button", className: "secondary" }, "Cancel");
    this.running = element("div", { className: "running", hidden: true }, this.bar, this.count, this.cancel);
    this.report = element("div", { className: "report", hidden: true, tabIndex: -1 });
    this.error = element("p", { className: "error", role: "alert" });
    this.status = element("p", { className: "hint status", "aria-live": "polite" });
    this.close = element("button", { type: "button", className: "link", "aria-label": "Close" }, "✕");
    this.node = element(
      "dialog",
      { className: "job", "aria-labelledby": id },
      element("header", {}, this.title, this.close),
      this.form,
      this.status,
      this.running,
      this.error,
      this.report,
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    this.cancel.addEventListener("click", () => this.stop());
    this.close.addEventListener("click", () => this.node.close());
    this.node.addEventListener("close", () => this.sending?.abort());
    document.body.append(this.node);
  }

  /** Whether there is a running job, or a result that has not been shown. */
  get pending() {
    return this.busy || this.unseen;
  }

  /** Shows the pending job, or starts over with this title. */
  open(title) {
    if (!this.pending) {
      this.title.textContent = title;
      this.showForm();
    }
    this.unseen = false;
    this.node.showModal();
  }

  remove() {
    this.node.close();
    this.node.remove();
  }

  showForm() {
    this.form.reset();
    this.form.dispatchEvent(new Event("change"));
    this.show(this.form);
    this.status.textContent = "";
    this.error.textContent = "";
    this.report.replaceChildren();
  }

  async run() {
    this.busy = true;
    this.error.textContent = "";
    this.show(this.running);
    this.cancel.disabled = false;
    this.cancel.focus();
    try {
      this.job = await this.begin();
      this.finish(await followJob(this.client, this.job, (job) => this.progressed(job)));
    } catch (failure) {
      this.show(this.form);
      this.status.textContent = "";
      this.error.textContent = failure.name === "AbortError" ? `The ${this.name} was cancelled.` : failure.message;
    } finally {
      this.busy = false;
      this.job = undefined;
    }
  }

  async begin() {
    this.sending = new AbortController();
    try {
      return await this.start(this.form, {
        signal: this.sending.signal,
        onProgress: (done, total) => this.measure("Sending", done, total),
      });
    } finally {
      this.sending = undefined;
    }
  }

  async stop() {
    this.cancel.disabled = true;
    this.sending?.abort();
    try {
      await (this.job && cancelJob(this.client, this.job));
    } catch (failure) {
      this.cancel.disabled = false;
      this.error.textContent = failure.message;
    }
  }

  progressed(job) {
    const waiting = job.state === "queued";
    this.measure(waiting ? "Waiting" : "Working", job.progress?.done ?? 0, waiting ? null : job.progress?.total);
  }

  /** The bar moves with each number; only another step is announced. */
  measure(step, done, total) {
    if (total) {
      this.bar.max = total;
      this.bar.value = done;
      this.count.textContent = `${Math.floor((100 * done) / total)} %`;
    } else {
      this.bar.removeAttribute("value");
      this.count.textContent = "";
    }
    if (this.status.textContent !== `${step}…`) {
      this.status.textContent = `${step}…`;
    }
  }

  finish(job) {
    this.status.textContent = {
      succeeded: `The ${this.name} is done.`,
      cancelled: `The ${this.name} was cancelled. What was done before stays.`,
    }[job.state] ?? "";
    this.error.textContent = job.state === "failed" ? `The ${this.name} failed: ${job.error?.message ?? "unknown error"}` : "";
    const again = element("button", { type: "button", className: "secondary" }, `New ${this.name}`);
    again.addEventListener("click", () => this.showForm());
    this.report.replaceChildren(...(job.state === "succeeded" ? this.result(job) : []), again);
    this.show(this.report);
    this.report.focus();
    this.unseen = !this.node.open;
  }

  show(part) {
    for (const each of [this.form, this.running, this.report]) {
      each.hidden = each !== part;
    }
  }
}
