import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../src/timeline.js";

const message = (seq, rev = seq, fields = {}) => ({ seq, rev, content: `${seq}@${rev}`, reactions: [], ...fields });
const seqs = (timeline) => timeline.messages.map(({ seq }) => seq);

function joined(seq, max = 100) {
  const timeline = new Timeline(max);
  timeline.floor = seq + 1;
  return timeline;
}

test("should keep the later of two states of a message, whichever comes first", () => {
  const timeline = joined(0);

  timeline.put(message(1, 5), true);
  timeline.put(message(1, 3), false);

  assert.equal(timeline.find(1).content, "1@5");
});

test("should apply changes that arrive while a page is read", () => {
  const timeline = joined(3);
  timeline.put(message(2, 10), false);
  timeline.react({ seq: 3, rev: 11, emoji: "👍", count: 2, user: { id: "other" }, added: true }, "me");
  timeline.react({ seq: 1, rev: 1, emoji: "👍", count: 9, user: { id: "other" }, added: true }, "me");

  timeline.prepend([message(3), message(2), message(1)], "me");

  assert.deepEqual(seqs(timeline), [1, 2, 3]);
  assert.equal(timeline.find(2).content, "2@10");
  assert.deepEqual(timeline.find(3).reactions, [{ emoji: "👍", count: 2 }]);
  assert.deepEqual(timeline.find(1).reactions, []);
});

test("should insert a late message in order", () => {
  const timeline = joined(0);

  [1, 2, 4].forEach((seq) => timeline.put(message(seq), true));
  timeline.put(message(3, 9), true);

  assert.deepEqual(seqs(timeline), [1, 2, 3, 4]);
});

test("should begin where the replay begins, without a gap", () => {
  const timeline = joined(10);

  timeline.put(message(6), true);
  timeline.put(message(7), true);
  timeline.put(message(5, 20), true);
  timeline.put(message(2, 21), true);

  assert.deepEqual(seqs(timeline), [5, 6, 7]);
  assert.equal(timeline.floor, 5);
});

test("should drop the oldest past its bound, which can be read again", () => {
  const timeline = joined(0, 3);

  [1, 2, 3, 4, 5].forEach((seq) => timeline.put(message(seq), true));
  assert.deepEqual(seqs(timeline), [3, 4, 5]);
  assert.equal(timeline.floor, 3);

  timeline.prepend([message(2), message(1)], "me");
  assert.deepEqual(seqs(timeline), [1, 2, 3, 4, 5]);
});

test("should keep the reactions of the caller that frames leave out", () => {
  const timeline = joined(0);
  const me = { id: "me" };
  timeline.put(message(1), true);

  timeline.react({ seq: 1, rev: 2, emoji: "👍", count: 1, user: me, added: true }, "me");
  timeline.react({ seq: 1, rev: 3, emoji: "👍", count: 2, user: { id: "other" }, added: true }, "me");
  timeline.put(message(1, 4, { reactions: [{ emoji: "👍", count: 2 }] }), false);
  assert.deepEqual(timeline.find(1).reactions, [{ emoji: "👍", count: 2, mine: true }]);

  timeline.react({ seq: 1, rev: 5, emoji: "👍", count: 1, user: me, added: false }, "me");
  assert.deepEqual(timeline.find(1).reactions, [{ emoji: "👍", count: 1 }]);
  timeline.react({ seq: 1, rev: 6, emoji: "👍", count: 0, user: { id: "other" }, added: false }, "me");
  assert.deepEqual(timeline.find(1).reactions, []);
});

test("should forget changes of messages that are not loaded", () => {
  const timeline = joined(2_000);
  for (let seq = 1; seq <= 1_500; seq++) {
    timeline.put(message(seq, 5_000 + seq), false);
  }

  timeline.prepend([message(2_000), message(1_500), message(1)], "me");

  assert.deepEqual(
    timeline.messages.map(({ content }) => content),
    ["1@1", "1500@6500", "2000@2000"],
  );
});
