import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, live, newRoom, network, pause, person, range, record, until } = support;

async function filled(client, count) {
  const room = await newRoom(client);
  const messages = range(count).map((number) => ({ content: `old ${number}` }));
  await client.request("POST", `/api/rooms/${room.id}/messages/batch`, { body: { messages } });
  return room;
}

/** What all clients should agree on. */
function facts(messages) {
  return messages.map(({ seq, rev, content, deletedAt, reactions }) => ({
    seq,
    rev,
    content,
    isDeleted: deletedAt !== undefined,
    reactions: reactions.map(({ emoji, count, mine = false }) => ({ emoji, count, mine })),
  }));
}

test("history: pages and live messages join without a gap while the room changes", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const net = await network();
  const writer = await live(t, ada);
  const reader = await live(t, bob, { url: net.url });
  const room = await filled(writer, 150);
  await room.addMember(bob.id);
  const seen = reader.room(room.id);
  await seen.join();

  let changing = true;
  const changes = (async () => {
    for (let number = 1; changing; number++) {
      const seq = 1 + Math.floor(Math.random() * 150);
      await room.send(`new ${number}`);
      const gone = ({ code }) => assert.equal(code, "message_deleted");
      await room.edit(seq, `old ${seq}, changed ${number}`).catch(gone);
      await room.react(seq, "🎉").catch(gone);
      if (number % 3 === 0) {
        await room.unreact(seq, "🎉").catch(gone);
      }
      if (number % 5 === 0) {
        await seen.react(150 + number, "👍");
        await room.delete(1 + Math.floor(Math.random() * 150));
      }
    }
  })();
  try {
    while (!seen.isComplete) {
      const page = await seen.older(20);
      assert.ok(page.length <= 20);
      await pause(50);
      await net.cut();
    }
  } finally {
    changing = false;
    await changes;
  }

  const expected = await support.history(reader, room.id);
  await until(() => seen.rev === Math.max(...expected.map(({ rev }) => rev)), "the last change");
  assert.equal(seen.messages.length, expected.length);
  facts(expected).forEach((message, index) => assert.deepEqual(facts(seen.messages)[index], message));
  assert.deepEqual(await seen.older(), []);
});

test("history: clients continue from a sync", suite, async (t) => {
  const who = await person("ada");
  const first = await live(t, who);
  const rooms = [await filled(first, 3), await filled(first, 5)];
  const client = await live(t, who);

  const synced = await client.sync();
  await Promise.all(synced.map((room) => room.subscribe()));

  assert.deepEqual(new Set(synced.map(({ id }) => id)), new Set(rooms.map(({ id }) => id)));
  const room = client.room(rooms[1].id);
  assert.equal(room.info.name, "a room of the tests");
  assert.equal(room.info.lastMessage.content, "old 5");
  assert.equal(room.lastSeq, 5);
  const events = record(room, "message");
  await rooms[1].send("live");
  await until(() => events.length === 1);
  await room.older(2);
  assert.deepEqual(
    room.messages.map(({ content }) => content),
    ["old 4", "old 5", "live"],
  );
  assert.equal(room.isComplete, false);
  await room.older();
  assert.deepEqual(
    room.messages.map(({ seq }) => seq),
    range(6),
  );
  assert.equal(room.isComplete, true);
});

test("history: calls at the same time share a page", suite, async (t) => {
  const who = await person("ada");
  const { id } = await filled(await live(t, who), 10);
  const room = (await live(t, who)).room(id);

  const [one, other] = await Promise.all([room.older(4), room.older(4)]);

  assert.equal(one, other);
  assert.deepEqual(
    room.messages.map(({ seq }) => seq),
    [7, 8, 9, 10],
  );
});
