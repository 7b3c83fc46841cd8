import assert from "node:assert/strict";
import { test } from "node:test";
import { Emitter } from "../../src/emitter.js";

class Bell extends Emitter {
  ring(event) {
    this.emit("ring", event);
  }
}

test("should call each listener until it is removed", async () => {
  const bell = new Bell();
  const calls = [];
  const off = bell.on("ring", (event) => calls.push(`first ${event}`));
  bell.on("ring", (event) => calls.push(`second ${event}`));
  const next = bell.once("ring");

  bell.ring(1);
  off();
  bell.ring(2);

  assert.deepEqual(calls, ["first 1", "second 1", "second 2"]);
  assert.equal(await next, 1);
});

test("should report a listener that throws, and go on", (t) => {
  const bell = new Bell();
  const calls = [];
  const reports = [];
  t.mock.method(globalThis, "queueMicrotask", (report) => reports.push(report));
  bell.on("ring", () => {
    throw new Error("a defect");
  });
  bell.on("ring", (event) => calls.push(event));

  bell.ring(1);

  assert.deepEqual(calls, [1]);
  assert.throws(reports[0], /a defect/);
});
