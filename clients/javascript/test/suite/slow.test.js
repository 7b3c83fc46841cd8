import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HEARTBEAT } from "../../src/connection.js";
import * as support from "../support.js";

const { suite, live, network, newRoom, pause, person, record, until } = support;

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
    // On a machine that is not late with everything.
    assert.ok(HEARTBEAT.idleMs + HEARTBEAT.pongMs <= 45_000);
    assert.ok(found >= HEARTBEAT.pongMs, `after ${found} ms`);
  });

  test("slow: a client that reads nothing for a while loses nothing", async (t) => {
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
    // After 30 s the server may close the connection, with 4008.
    await pause(33_000);
    await net.pass();

    await until(() => events.length >= MESSAGES, "all messages");
    assert.deepEqual(
      events.map(({ seq }) => seq),
      support.range(MESSAGES),
    );
  });
});
