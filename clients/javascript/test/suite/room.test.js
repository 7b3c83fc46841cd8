import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, live, network, newRoom, person, record, until } = support;

async function two(t, options) {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const [first, second] = [await live(t, ada), await live(t, bob, options)];
  const room = await newRoom(first, second);
  const other = second.room(room.id);
  await room.subscribe();
  return { ada, bob, first, second, room, other };
}

test("room: unread counts messages of others, and read marks change it on all devices", suite, async (t) => {
  const { bob, room, other } = await two(t);
  const device = (await live(t, bob)).room(room.id);
  await other.subscribe();
  await device.subscribe();
  const marks = record(room, "read");
  const counts = record(other, "unread");

  await room.send("one");
  await other.send("mine");
  await room.send("three");
  await until(() => other.lastSeq === 3 && device.lastSeq === 3);
  assert.equal(other.unread, 2);
  assert.equal(device.unread, 2);

  other.markRead(1);
  assert.equal(other.unread, 1);
  other.markRead();
  assert.equal(other.unread, 0);
  await until(() => device.unread === 0, "the mark on the other device");
  await until(() => marks.some(({ user, seq }) => user.id === bob.id && seq === 3), "the mark at the sender");
  other.markRead(2);
  assert.equal(other.readSeq, 3);
  assert.deepEqual(counts.at(-1), { name: "unread", room: room.id, unread: 0, mentions: 0, readSeq: 3, lastSeq: 3 });

  const again = await live(t, bob);
  const [synced] = await again.sync();
  assert.equal(synced.unread, 0);
  assert.equal(synced.readSeq, 3);
});

test("room: a read mark that is set without a connection is sent later", suite, async (t) => {
  const net = await network();
  const { bob, second, room, other } = await two(t, { url: net.url });
  await other.subscribe();
  await room.send("one");
  await until(() => other.unread === 1);
  await net.refuse();
  await net.cut();
  await until(() => second.state.name !== "live");

  other.markRead();
  assert.equal(other.unread, 0);
  await net.pass();

  const device = await live(t, bob);
  await until(async () => (await device.sync({ subscribe: false }))[0].readSeq === 1, "the mark");
});

test("room: presence, typing and who is online", suite, async (t) => {
  const { ada, bob, room, other } = await two(t);
  const events = record(room, "presence", "typing");
  assert.equal(room.online, 1);

  await other.subscribe();
  await until(() => room.online === 2, "two online");
  other.typing();
  other.typing();
  await until(() => events.some(({ name }) => name === "typing"), "typing");

  const presence = await room.presence();
  assert.deepEqual(new Set(presence.items.map(({ user }) => user.id)), new Set([ada.id, bob.id]));
  assert.deepEqual(
    events.filter(({ name }) => name === "presence").map(({ user, state, online }) => [user.id, state, online]),
    [[bob.id, "online", 2]],
  );
  other.unsubscribe();
  await until(() => room.online === 1, "one online");
});

test("room: an event reaches current subscribers only", suite, async (t) => {
  const { ada, room, other } = await two(t);
  await other.subscribe();
  const events = record(other, "event");
  const own = record(room, "event");

  room.publish("cursor.moved", { x: 1 });
  room.publish("saved");
  await until(() => events.length === 2 && own.length === 2, "two events");

  assert.deepEqual(
    events.map(({ name, data, sender }) => [name, data, sender.id]),
    [["cursor.moved", { x: 1 }, ada.id], ["saved", null, ada.id]],
  );
  await room.send("one");
  assert.equal(room.lastSeq, 1);
});

test("room: edits, deletions and reactions reach all members", suite, async (t) => {
  const { bob, room, other } = await two(t);
  await other.subscribe();
  const events = record(other, "message", "updated", "deleted", "reaction");
  await room.send("one");
  await room.send("two");

  await room.edit(1, "one, changed");
  await room.react(2, "👍");
  await other.react(2, "👍");
  await other.unreact(2, "👍");
  await room.delete(1);

  await until(() => events.length === 7, "all events");
  assert.deepEqual(
    events.map(({ name, seq, rev }) => [name, seq, rev]),
    [
      ["message", 1, 1],
      ["message", 2, 2],
      ["updated", 1, 3],
      ["reaction", 2, 4],
      ["reaction", 2, 5],
      ["reaction", 2, 6],
      ["deleted", 1, 7],
    ],
  );
  assert.equal(events[4].user.id, bob.id);
  assert.deepEqual(other.messages[1].reactions, [{ emoji: "👍", count: 1 }]);
  assert.ok(other.messages[0].deletedAt);
  await until(() => room.rev === 7);
  assert.deepEqual(room.messages[1].reactions, [{ emoji: "👍", count: 1, mine: true }]);
  await assert.rejects(other.edit(2, "of somebody else"), { code: "not_the_sender", status: 403 });
});

test("room: metadata, replies and mentions reach all members", suite, async (t) => {
  const { bob, room, other } = await two(t);
  await other.subscribe();
  const seen = record(other, "message", "updated", "deleted");
  const metadata = { order: 17, lines: [{ price: 1.5 }] };

  await room.send("one", { metadata, mentions: [bob.id] });
  await room.send("two", { replyTo: 1 });
  await room.edit(1, { metadata: { order: 18 } });
  await room.edit(1, { metadata: null });
  await room.delete(1);

  await until(() => seen.length === 5, "all events");
  assert.deepEqual(seen.map(({ metadata, replyTo, mentions }) => [metadata, replyTo, mentions]), [
    [metadata, undefined, [bob.id]],
    [undefined, 1, undefined],
    [{ order: 18 }, undefined, [bob.id]],
    [undefined, undefined, [bob.id]],
    [undefined, undefined, undefined],
  ]);
  assert.deepEqual(other.messages.map(({ content, replyTo }) => [content, replyTo]), [["", undefined], ["two", 1]]);
  await assert.rejects(room.send("three", { replyTo: 9 }), { code: "reply_not_found" });
  assert.deepEqual([room.pending[0].state, room.pending[0].replyTo], ["failed", 9]);
});

test("room: directory, members, search and people", suite, async (t) => {
  const { ada, bob, first, second } = await two(t);
  const name = `lighthouse ${Math.random().toString(36).slice(2)}`;
  const open = await first.createRoom({ name, visibility: "public", topic: "for all" });
  const word = `w${Math.random().toString(36).slice(2)}`;

  const found = await until(async () => (await second.directory({ query: name })).items[0], "the room");
  assert.equal(found.id, open.id);
  await second.room(found.id).join();
  await open.send(`a ${word} indeed`);
  const members = await second.room(found.id).members();
  assert.deepEqual(new Map(members.items.map(({ user, role }) => [user.id, role])), new Map([
    [ada.id, "owner"],
    [bob.id, "member"],
  ]));
  await until(async () => (await second.search(word, { room: open.id })).items.length === 1, "the message");
  assert.ok((await second.findUsers(ada.username)).items.some(({ id }) => id === ada.id));

  await second.room(found.id).leave();
  assert.equal((await open.members()).items.length, 1);
});

test("room: a direct room is the same for both", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const [first, second] = [await live(t, ada), await live(t, bob)];

  const [room, other] = await Promise.all([first.directRoom(bob.id), second.directRoom(ada.id)]);

  assert.equal(room.id, other.id);
  assert.deepEqual([room.info.kind, room.info.name], ["direct", null]);
  assert.equal((await first.sync({ subscribe: false }))[0].info.with.id, bob.id);
  await other.subscribe();
  await room.send("hello");
  await until(() => other.messages.length === 1, "the message");
});

test("room: events of all rooms reach listeners of the client", suite, async (t) => {
  const { second, room, other } = await two(t);
  const seen = [];
  second.on("message", ({ room, content }) => seen.push([room, content]));
  await other.subscribe();

  await room.send("one");

  await until(() => seen.length === 1);
  assert.deepEqual(seen, [[room.id, "one"]]);
});
