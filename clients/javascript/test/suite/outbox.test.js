import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStorage } from "@heliograph/client";
import * as support from "../support.js";

const { suite, isLive, live, network, newClient, newRoom, person, range, until } = support;

test("outbox: an unanswered message is repeated under its clientId by the next program", suite, async (t) => {
  const who = await person("ada");
  const storage = memoryStorage();
  const net = await network();
  const other = await live(t, who);
  const room = await newRoom(other);
  const first = await live(t, who, { url: net.url, storage });

  await net.mute();
  first.room(room.id).send("once", { clientId: "only" });
  await until(async () => (await support.history(other, room.id)).length === 1, "the stored message");
  assert.deepEqual(
    first.pending.map(({ clientId, state }) => [clientId, state]),
    [["only", "sending"]],
  );
  first.close();
  await net.cut();

  const second = newClient(t, { storage });
  const acks = [];
  second.on("sent", (ack) => acks.push(ack));
  assert.equal(await second.resume(), true);
  assert.deepEqual(
    second.pending.map(({ clientId, content }) => [clientId, content]),
    [["only", "once"]],
  );

  await until(() => acks.length === 1, "the acknowledgement");
  assert.equal(acks[0].seq, 1);
  assert.deepEqual(second.pending, []);
  const history = await support.history(other, room.id);
  assert.deepEqual(
    history.map(({ clientId }) => clientId),
    ["only"],
  );
  assert.equal(storage.length, 1, "only the session is stored");
});

test("outbox: messages written without a connection are sent in their order", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const rooms = [await newRoom(client), await newRoom(client)];
  await net.refuse();
  await net.cut();
  await until(() => client.state.name !== "live");

  const acks = range(20).map((number) => rooms[number % 2].send(`message ${number}`));
  assert.equal(client.pending.length, 20);
  assert.equal(rooms[0].pending.length, 10);
  await net.pass();
  await Promise.all(acks);

  for (const room of rooms) {
    const numbers = (await support.history(client, room.id)).map(({ content }) => Number(content.split(" ")[1]));
    assert.equal(numbers.length, 10);
    assert.deepEqual(numbers, [...numbers].sort((one, other) => one - other));
  }
});

test("outbox: a rejected message fails, delays no other, and is kept until it is retried or discarded", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const storage = memoryStorage();
  const [owner, guest] = [await live(t, ada), await live(t, bob, { storage })];
  const room = await newRoom(owner);
  const [own, foreign] = [await newRoom(guest), guest.room(room.id)];

  const failing = foreign.send("too early", { clientId: "early" });
  await own.send("not held up");
  await assert.rejects(failing, { code: "room_not_found" });
  await assert.rejects(foreign.send(" "), { code: "invalid_request" });
  assert.deepEqual(
    foreign.pending.map(({ state, error }) => [state, error.code]),
    [
      ["failed", "room_not_found"],
      ["failed", "invalid_request"],
    ],
  );
  guest.close();

  const next = newClient(t, { storage });
  await next.resume();
  await isLive(next);
  assert.equal(next.pending.length, 2);
  await room.addMember(bob.id);
  await next.room(room.id).join();
  next.discard(next.pending.find(({ content }) => content === " ").clientId);
  const sent = next.once("sent");
  next.retry("early");

  assert.equal((await sent).clientId, "early");
  assert.deepEqual(next.pending, []);
});

test("outbox: messages of one user are not sent by another", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const storage = memoryStorage();
  const net = await network();
  const client = await live(t, ada, { url: net.url, storage });
  const room = await newRoom(client);
  await net.mute();
  room.send("of ada", { clientId: "a" });
  const signedOut = client.signOut();
  await net.pass();
  await net.cut();
  await signedOut;

  await client.signIn(bob.username, bob.password);
  await isLive(client);
  assert.deepEqual(client.pending, []);

  const sent = client.once("sent");
  await client.signIn(ada.username, ada.password);
  assert.equal((await sent).clientId, "a");
});

test("outbox: the same clientId with other content is refused", suite, async (t) => {
  const client = await live(t, await person("ada"));
  const room = await newRoom(client);
  const ack = await room.send("one", { clientId: "same" });

  assert.deepEqual(await room.send("one", { clientId: "same" }), ack);
  await assert.rejects(room.send("two", { clientId: "same" }), { code: "client_id_reused" });
});

test("outbox: rate_limited is waited out", suite, async (t) => {
  const client = await live(t, await person("ada"));
  const room = await newRoom(client);
  const idle = client.room(crypto.randomUUID());
  const errors = [];
  client.on("outbox", ({ error }) => error && errors.push(error.code));

  let sent = 0;
  while (errors.length === 0) {
    // More than a person may ask for at once.
    range(3_000).forEach(() => idle.unsubscribe());
    await room.send(`message ${++sent}`);
  }

  assert.ok(errors.every((code) => code === "rate_limited"), `${errors}`);
  assert.deepEqual(client.pending, []);
  assert.equal((await support.history(client, room.id)).length, sent);
});
