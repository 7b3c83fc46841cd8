import assert from "node:assert/strict";
import { test } from "node:test";
import { Room } from "../../src/room.js";

const counts = (lastSeq, readSeq, unread) => ({ type: "unread", room: "room", lastSeq, readSeq, unread, mentions: 0 });

test("should count no message as unread up to the read mark, which may be ahead of the count", () => {
  const room = new Room("room", { maxMessages: 100, event: () => {} });

  room.receive(counts(3, 0, 3));
  assert.equal(room.unread, 3);

  room.receive(counts(1, 3, 0));
  assert.equal(room.unread, 0);
});
