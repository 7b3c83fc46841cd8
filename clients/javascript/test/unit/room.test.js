import assert from "node:assert/strict";
import { test } from "node:test";
import { Room } from "../../src/room.js";

/** A room of a client that is not connected. */
function room() {
  return new Room("room", {
    connection: { isLive: false },
    outbox: { entries: () => [] },
    request: () => Promise.reject(new Error("not connected")),
    me: () => "me",
    maxMessages: 100,
    event: () => {},
  });
}

const counts = (lastSeq, readSeq, unread) => ({ type: "unread", room: "room", lastSeq, readSeq, unread, mentions: 0 });

test("should count no message as unread up to the read mark, which may be ahead of the count", () => {
  const read = room();

  read.receive(counts(3, 0, 3));
  assert.equal(read.unread, 3);

  read.receive(counts(1, 3, 0));
  assert.equal(read.unread, 0);
});
