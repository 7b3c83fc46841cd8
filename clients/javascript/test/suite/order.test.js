import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, live, network, newRoom, pause, person, range, record, until } = support;

const CUTS = 50;

test("order: 50 random cuts leave no gap and no duplicate", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const net = await network();
  const writer = await live(t, ada, { url: net.url });
  const reader = await live(t, bob, { url: net.url });
  const room = await newRoom(writer, reader);
  const events = record(reader.room(room.id), "message");
  await reader.room(room.id).subscribe();
  await room.subscribe();
  const sent = record(room, "message");

  let cutting = true;
  const acks = [];
  const writing = (async () => {
    for (let number = 1; cutting; number++) {
      acks.push(room.send(`message ${number}`));
      await pause(Math.random() * 30);
    }
  })();
  try {
    for (let cut = 0; cut < CUTS; cut++) {
      // Most cuts come at any moment, also before a connection is set up; on a slow machine that could be all of them.
      if (cut % 5 === 0) await until(() => reader.state.name === "live", "a connection to cut");
      await pause(Math.random() * 120);
      await net.cut();
    }
  } finally {
    cutting = false;
    await writing;
  }
  await Promise.all(acks);

  const history = await support.history(writer, room.id);
  assert.deepEqual(
    history.map(({ content }) => content),
    range(acks.length).map((number) => `message ${number}`),
  );
  for (const seen of [events, sent]) {
    await until(() => seen.length >= history.length, "all messages");
    assert.deepEqual(
      seen.map(({ seq, rev }) => [seq, rev]),
      history.map(({ seq, rev }) => [seq, rev]),
    );
  }
  assert.ok(support.lives(reader) > 5, `${support.lives(reader)} connections`);
});

test("order: a client that was away receives all missed messages in their current state", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const net = await network();
  const writer = await live(t, ada);
  const reader = await live(t, bob, { url: net.url });
  const room = await newRoom(writer, reader);
  const away = reader.room(room.id);
  await away.subscribe();
  await room.send("one");
  await room.send("two");
  await until(() => away.messages.length === 2);

  await net.refuse();
  await net.cut();
  await until(() => reader.state.name !== "live");
  const events = record(away, "message", "updated", "deleted");
  await room.send("three");
  await room.send("four");
  await room.edit(1, "one, changed");
  await room.edit(3, "three, changed");
  await room.delete(2);
  await room.react(4, "👍");
  await net.pass();

  await until(() => away.rev === 8, "the last change");
  assert.deepEqual(
    events.map(({ name, seq, content }) => [name, seq, content]),
    [
      ["updated", 1, "one, changed"],
      ["message", 3, "three, changed"],
      ["deleted", 2, ""],
      ["message", 4, "four"],
    ],
  );
  assert.deepEqual(
    away.messages.map(({ seq, rev, content }) => [seq, rev, content]),
    [
      [1, 5, "one, changed"],
      [2, 7, ""],
      [3, 6, "three, changed"],
      [4, 8, "four"],
    ],
  );
  assert.deepEqual(away.messages[3].reactions, [{ emoji: "👍", count: 1 }]);
});

test("order: a message that changed while its replay was interrupted is new", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const net = await network();
  const writer = await live(t, ada);
  const reader = await live(t, bob, { url: net.url });
  const room = await newRoom(writer, reader);
  const interrupted = reader.room(room.id);
  await interrupted.subscribe();
  const events = record(interrupted, "message", "updated", "deleted");
  await room.send("one");
  await until(() => events.length === 1);

  await net.mute();
  await room.send("two");
  await room.send("three");
  await room.send("four");
  // A replay comes up to the fourth message after two and three have changed, and no further.
  const [four] = (await support.history(writer, room.id)).slice(-1);
  await room.edit(2, "two, changed");
  await room.delete(3);
  await net.inject({ type: "message", ...four });
  await until(() => interrupted.rev === 4, "the interrupted replay");
  await net.cut();
  await net.pass();

  await until(() => events.length === 4, "the rest");
  assert.deepEqual(
    events.map(({ name, seq, content }) => [name, seq, content]),
    [
      ["message", 1, "one"],
      ["message", 4, "four"],
      ["message", 2, "two, changed"],
      ["message", 3, ""],
    ],
  );
  assert.deepEqual(
    interrupted.messages.map(({ seq, rev }) => [seq, rev]),
    [
      [1, 1],
      [2, 5],
      [3, 6],
      [4, 4],
    ],
  );
});

test("order: a room continues from the rev of a resync", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const room = await newRoom(client);
  await room.subscribe();
  const events = record(room, "message", "joined");
  await room.send("one");
  await room.send("two");
  await until(() => events.length === 2);

  await net.inject({ type: "resync", room: room.id, after: 1 });
  await until(() => events.some(({ name }) => name === "joined"), "a new join");
  await room.send("three");

  await until(() => room.messages.length === 3);
  assert.deepEqual(
    events.filter(({ name }) => name === "message").map(({ seq }) => seq),
    [1, 2, 3],
  );
});

test("order: a later program continues after the rev of an earlier one", suite, async (t) => {
  const who = await person("ada");
  const first = await live(t, who);
  const room = await newRoom(first);
  await room.subscribe();
  await room.send("one");
  await until(() => room.rev === 1);
  first.close();

  const second = await live(t, who);
  const again = second.room(room.id);
  const events = record(again, "message");
  await second.request("POST", `/api/rooms/${room.id}/messages`, { body: { content: "two" } });
  await second.request("POST", `/api/rooms/${room.id}/messages`, { body: { content: "three" } });
  await again.subscribe({ after: room.rev });

  await until(() => events.length === 2);
  assert.deepEqual(
    events.map(({ seq, content }) => [seq, content]),
    [
      [2, "two"],
      [3, "three"],
    ],
  );
  await again.older();
  assert.deepEqual(
    again.messages.map(({ content }) => content),
    ["one", "two", "three"],
  );
});

test("order: a room that was restored to an earlier state is reloaded", suite, async (t) => {
  const client = await live(t, await person("ada"));
  const room = await newRoom(client);
  const resets = record(room, "reset");

  await room.subscribe({ after: 1_000 });
  await room.send("one");

  await until(() => room.messages.length === 1);
  assert.equal(resets.length, 1);
});

test("order: a room that cannot be followed reports the reason", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const [owner, outsider] = [await live(t, ada), await live(t, bob)];
  const room = await newRoom(owner);

  await assert.rejects(outsider.room(room.id).subscribe(), { code: "room_not_found" });

  await room.addMember(bob.id);
  await outsider.room(room.id).join();
  const left = record(outsider.room(room.id), "left");
  await outsider.room(room.id).subscribe();
  await room.removeMember(bob.id);
  await until(() => left.length === 1, "the removal");
});
