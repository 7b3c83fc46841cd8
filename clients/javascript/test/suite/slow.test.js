import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as support from "../support.js";

const { suite, live, lives, network, newRoom, pause, person, record, until } = support;

/** Together more than the buffers on the way take. */
const CONTENT = "x".repeat(6_000);
const MESSAGES = 3_000;

// What takes its time in earnest, side by side.
describe("slow", { ...suite, concurrency: true }, () => {
  test("slow: a half-open connection is found within 45 s", async (t) => {
    const net = await network();
    const client = await live(t, await person("ada"), { url: net.url });
    const at = performance.now();

    await net.freeze();
    await until(() => client.state.name !== "live", "the loss");
    const found = performance.now() - at;
    await net.cut();
    await net.pass();

    await support.isLive(client);
    // The timers that make it so: 20 s of silence, and 20 s for an answer; a busy machine may be late by some.
    assert.ok(found > 20_000 && found < 45_000, `after ${found} ms`);
  });

  test("slow: who reads nothing for a while, and is closed for it, loses nothing", async (t) => {
    const net = await network();
    const [ada, bob] = [await person("ada"), await person("bob")];
    const writer = await live(t, ada);
    const reader = await live(t, bob, { url: net.url, heartbeat: { idleMs: 600_000 } });
    const room = await newRoom(writer, reader);
    const events = record(reader.room(room.id), "message");
    await reader.room(room.id).subscribe();

    await net.stall();
    for (let batch = 0; batch < MESSAGES / 100; batch++) {
      const messages = support.range(100).map(() => ({ content: CONTENT }));
      await writer.request("POST", `/api/rooms/${room.id}/messages/batch`, { body: { messages } });
    }
    await pause(33_000);
    await net.pass();

    await until(() => events.length >= MESSAGES, "all messages");
    assert.deepEqual(
      events.map(({ seq }) => seq),
      support.range(MESSAGES),
    );
    assert.equal(lives(reader), 2, "it was not closed");
  });
});
