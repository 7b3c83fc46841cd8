import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, live, network, newRoom, person, record, until } = support;

async function two(t, options) {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const [first, second] = [await live(t, ada), await live(t, bob, options)];
  await second.sync({ subscribe: false });
  return { ada, bob, first, second };
}

test("account: rooms that are added, changed and removed are reported without a request", suite, async (t) => {
  const { bob, first, second } = await two(t);
  const events = record(second, "roomAdded", "roomUpdated", "roomRemoved");
  const room = await newRoom(first);
  await room.addMember(bob.id);

  await until(() => events.length === 1, "the room");
  assert.equal(events[0].name, "a room of the tests");
  assert.equal(second.room(room.id).info.role, "member");
  await first.request("PATCH", `/api/rooms/${room.id}`, { body: { name: "renamed" } });
  await until(() => events.length === 2, "its name");
  assert.equal(second.room(room.id).info.name, "renamed");
  await room.removeMember(bob.id);
  await until(() => events.length === 3, "its end");
  assert.equal(events[2].room, room.id);
  assert.equal(second.room(room.id).info, undefined);
});

test("account: unread counts of rooms that are not followed come live", suite, async (t) => {
  const { bob, first, second } = await two(t);
  const room = await newRoom(first, second);
  const other = second.room(room.id);
  await room.send("one");
  await other.send("mine");
  await room.send("three");

  await until(() => other.lastSeq === 3 && other.unread === 2, "two messages");
  await room.delete(3);
  await until(() => other.unread === 1, "one message");

  const device = await live(t, bob);
  await device.sync({ subscribe: false });
  assert.equal(device.room(room.id).unread, 1);
  device.room(room.id).markRead();
  await until(() => other.unread === 0 && other.readSeq === 3, "the mark of the other device");
});

test("account: changes without a connection are reported after a reconnect", suite, async (t) => {
  const net = await network();
  const { bob, first, second } = await two(t, { url: net.url });
  const events = record(second, "roomAdded", "roomRemoved");
  const left = await newRoom(first, second);
  await until(() => events.length === 1);
  await net.refuse();
  await net.cut();
  await until(() => second.state.name !== "live");
  const room = await newRoom(first);
  await room.addMember(bob.id);
  await room.send("missed");
  await left.removeMember(bob.id);

  await net.pass();

  await until(() => events.length === 3, "what changed");
  assert.deepEqual(new Set(events.slice(1).map(({ id, room }) => id ?? room)), new Set([room.id, left.id]));
  assert.equal(second.room(room.id).unread, 1);
});

test("account: a missed change is detected by the next accountRev", suite, async (t) => {
  const net = await network();
  const reads = { begun: 0, ended: 0 };
  const counted = async (url, init) => {
    const isRead = url.includes("/api/messages/sync");
    reads.begun += isRead ? 1 : 0;
    const response = await fetch(url, init);
    reads.ended += isRead ? 1 : 0;
    return response;
  };
  const { bob, first, second } = await two(t, { url: net.url, fetch: counted });
  const events = record(second, "roomAdded");
  const [seen, missed, next] = [await newRoom(first), await newRoom(first), await newRoom(first)];
  await seen.addMember(bob.id);
  await until(() => events.length === 1 && reads.begun === reads.ended, "the first room");
  const readsBefore = reads.begun;

  await net.mute();
  await missed.addMember(bob.id);
  await until(async () => (await net.lost()) > 0, "the loss");
  await net.pass();
  assert.equal(events.length, 1);
  await next.addMember(bob.id);

  await until(() => events.length === 3, "both rooms");
  assert.deepEqual(new Set(events.slice(1).map(({ id }) => id)), new Set([missed.id, next.id]));
  assert.ok(reads.begun > readsBefore);
});

test("account: a changed name of a member is reported", suite, async (t) => {
  const { ada, first, second } = await two(t);
  const room = await newRoom(first, second);
  await second.room(room.id).subscribe();
  const events = record(second, "profile");

  await first.request("PATCH", "/api/users/me", { body: { displayName: "Ada, renamed" } });

  await until(() => events.length > 0, "the names");
  assert.deepEqual([events[0].user.id, events[0].user.displayName], [ada.id, "Ada, renamed"]);
});

test("account: messages may be marked as unread, and members see how far others have read", suite, async (t) => {
  const { ada, bob, first, second } = await two(t);
  const room = await newRoom(first, second);
  const other = second.room(room.id);
  await other.subscribe();
  await room.send("one");
  await room.send("two");
  await until(() => other.unread === 2);
  other.markRead();
  await until(() => other.readSeq === 2 && other.unread === 0);

  const device = await live(t, bob);
  await device.sync();
  const marks = record(device, "read");

  await other.markUnread(2);

  assert.equal(other.readSeq, 1);
  assert.equal(other.unread, 1);
  await until(() => device.room(room.id).readSeq === 1 && device.room(room.id).unread === 1, "the other device");
  assert.equal(marks.at(-1).forced, true);
  const reads = await room.reads();
  assert.deepEqual(new Map(reads.items.map(({ user, seq }) => [user.id, seq])), new Map([
    [ada.id, 0],
    [bob.id, 1],
  ]));
});
