import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, control, live, newRoom, person, until } = support;

test("postgres: while it is down, messages wait and calls are repeated", suite, async (t) => {
  t.after(() => control("postgres/start"));
  const client = await live(t, await person("ada"));
  const room = await newRoom(client);
  await room.subscribe();
  await room.send("before");
  const codes = [];
  client.on("outbox", ({ error }) => error && codes.push(error.code));

  await control("postgres/stop");
  const acks = ["during", "during too"].map((content) => room.send(content));
  await until(() => codes.length > 0, "a refusal");
  assert.deepEqual(
    room.pending.map(({ content }) => content),
    ["during", "during too"],
  );
  // Between its repetitions a message is sent again.
  await until(() => room.pending.every(({ state }) => state === "waiting"), "all wait");
  const members = room.members();
  await control("postgres/start");

  await Promise.all(acks);
  assert.equal((await members).items.length, 1);
  assert.deepEqual(
    (await support.history(client, room.id)).map(({ content }) => content),
    ["before", "during", "during too"],
  );
  assert.ok(codes.every((code) => code !== "client_id_reused"), `${codes}`);
  await until(() => room.messages.length === 3);
});
