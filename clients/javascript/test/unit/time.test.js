import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff, pause } from "../../src/time.js";

test("should wait anything up to a bound that doubles, up to the largest", (t) => {
  t.mock.method(Math, "random", () => 1);
  const backoff = new Backoff({ baseMs: 100, maxMs: 1_000 });

  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => backoff.next()), [100, 200, 400, 800, 1_000, 1_000]);

  backoff.reset();
  assert.equal(backoff.next(), 100);
  t.mock.method(Math, "random", () => 0);
  assert.equal(backoff.next(), 0);
});

test("should end an aborted pause", async () => {
  const controller = new AbortController();
  const paused = pause(1_000_000, controller.signal);

  controller.abort(new Error("given up"));

  await assert.rejects(paused, /given up/);
});
