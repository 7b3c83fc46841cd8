import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, isLive, live, lives, network, newClient, newRoom, person, record, until } = support;

for (const code of [4000, 4001, 4008, 4010, 4013, 4029, 1011, 1001]) {
  test(`connection: comes back after a close with ${code}`, suite, async (t) => {
    const net = await network();
    const client = await live(t, await person("ada"), { url: net.url });
    const room = await newRoom(client);
    await room.subscribe();
    await room.send("one");

    await net.close(code);
    await until(() => lives(client) === 2, "back");
    await room.send("two");

    await until(() => room.messages.length === 2);
  });
}

for (const [code, reason] of [
  [4500, "protocol_abuse"],
  [4502, "forbidden"],
  [4503, "revoked"],
  [4999, "refused"],
]) {
  test(`connection: stops after a close with ${code}, and reports the reason`, suite, async (t) => {
    const net = await network();
    const client = await live(t, await person("ada"), { url: net.url });
    const before = await net.accepted();

    await net.close(code);
    await until(() => client.state.name === "stopped", "the end");
    await support.pause(1_500);

    assert.deepEqual(client.state, { name: "stopped", reason, code });
    assert.equal(await net.accepted(), before);
  });
}

test("connection: a join that a draining replica rejected is repeated", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const room = await newRoom(client);
  await net.mute();
  const joined = room.subscribe();
  await until(async () => (await net.lost()) > 0, "the loss of the answer");
  await net.pass();

  await net.inject({ type: "error", id: 1, code: "draining", message: "Come back." });

  await joined;
  await room.send("one");
  await until(() => room.messages.length === 1);
  assert.equal(lives(client), 1);
});

test("connection: connects again on request after it stopped", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const room = await newRoom(client);
  await room.subscribe();
  await net.close(4500);
  await until(() => client.state.name === "stopped");
  const ack = room.send("kept");

  client.connect();

  assert.equal((await ack).seq, 1);
  await until(() => room.messages.length === 1);
});

test("connection: a draining replica is left at the given time and not before", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const room = await newRoom(client);
  await room.subscribe();
  const at = performance.now();

  await net.inject({ type: "drain", reconnectAfterMs: 700 });
  await room.send("on the old connection");
  assert.equal(lives(client), 1);
  await until(() => lives(client) === 2, "the move");

  assert.ok(performance.now() - at >= 700);
  await room.send("on the new one");
  await until(() => room.messages.length === 2);
});

test("connection: a half-open connection is found and replaced", suite, async (t) => {
  const net = await network();
  const who = await person("ada");
  const writer = await live(t, who);
  const client = await live(t, who, { url: net.url, heartbeat: { idleMs: 300, pongMs: 1_000 } });
  const room = await newRoom(writer);
  await client.room(room.id).subscribe();
  const events = record(client.room(room.id), "message");

  await net.freeze();
  await room.send("unheard");
  await until(() => client.state.name !== "live", "the loss");
  await net.cut();
  await net.pass();

  await until(() => events.length === 1, "what was missed");
});

test("connection: an idle one is kept", suite, async (t) => {
  const client = await live(t, await person("ada"), { heartbeat: { idleMs: 100, pongMs: 20_000 } });

  await support.pause(3_000);

  assert.deepEqual(client.states, ["connecting", "live"]);
});

test("connection: an unreachable server is retried after longer and longer pauses", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url, backoff: { baseMs: 20, maxMs: 400 } });
  const pauses = [];
  client.on("state", (state) => state.name === "waiting" && pauses.push(state.retryInMs));

  await net.refuse();
  await net.cut();
  await until(() => pauses.length >= 8, "eight attempts");
  await net.pass();
  await isLive(client);

  pauses.slice(0, 8).forEach((ms, attempt) => assert.ok(ms <= Math.min(400, 20 * 2 ** attempt), `${pauses}`));
  assert.ok(new Set(pauses).size > 4, "no jitter");
});

test("connection: stops when the program closes it", suite, async (t) => {
  const client = await live(t, await person("ada"));

  client.close();

  assert.deepEqual(client.state, { name: "stopped", reason: "closed", code: undefined });
  assert.throws(() => newClient(t).connect(), { code: "signed_out" });
});
