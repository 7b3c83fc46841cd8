import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, control, live, newRoom, person, range, record, until } = support;

/** A user who waits for a slow start writes no more. */
const MAX_PENDING = 200;

/** People on both replicas, who all follow one room and write to it while `fault` happens. */
async function through(t, fault) {
  const people = await Promise.all(range(6).map((number) => person(`p${number}`)));
  const clients = await Promise.all(people.map((who) => live(t, who)));
  const room = await newRoom(clients[0], ...clients.slice(1));
  const rooms = clients.map((client) => client.room(room.id));
  await Promise.all(rooms.map((each) => each.subscribe()));
  const events = rooms.map((each) => record(each, "message"));

  let writing = true;
  const acks = [];
  const writers = rooms.map(async (each, number) => {
    for (let count = 1; writing; await support.pause(25)) {
      if (each.pending.length < MAX_PENDING) {
        const content = `${number} ${count++}`;
        acks.push(each.send(content).then(() => content));
      }
    }
  });
  try {
    await until(() => events[0].length > 50, "the traffic");
    await fault(() => clients.some((client) => support.lives(client) > 1));
    const seen = events[0].length;
    await until(() => events[0].length > seen + 50, "the traffic after it");
  } finally {
    writing = false;
    await Promise.all(writers);
  }

  const acknowledged = await Promise.all(acks);
  const history = await support.history(clients[0], room.id);
  assert.deepEqual(new Set(history.map(({ content }) => content)), new Set(acknowledged));
  assert.equal(history.length, acknowledged.length);
  for (const each of events) {
    await until(() => each.length >= history.length, "all messages");
    assert.deepEqual(
      each.map(({ seq, content }) => [seq, content]),
      history.map(({ seq, content }) => [seq, content]),
    );
  }
  for (const [number] of rooms.entries()) {
    const own = history.filter(({ content }) => content.startsWith(`${number} `));
    assert.deepEqual(
      own.map(({ content }) => content),
      range(own.length).map((count) => `${number} ${count}`),
    );
  }
}

test("replicas: nothing is lost when one is killed", suite, async (t) => {
  t.after(support.restore);

  // One after the other, as all may be on one of them.
  await through(t, async (clientHasMoved) => {
    for (const replica of [1, 0]) {
      await control(`messages/${replica}/kill`);
      await control(`messages/${replica}/start`);
    }
    await until(clientHasMoved, "a client that reconnected");
  });
});

test("replicas: a drain moves every client, and loses nothing", suite, async (t) => {
  t.after(support.restore);

  await through(t, async (clientHasMoved) => {
    for (const replica of [1, 0]) {
      await control(`messages/${replica}/terminate`);
      await control(`messages/${replica}/start`);
    }
    await until(clientHasMoved, "a client that moved");
  });
});

test("replicas: clients disconnect from a frozen one", suite, async (t) => {
  t.after(() => Promise.all([0, 1].map((replica) => control(`messages/${replica}/resume`))));
  const people = await Promise.all(range(6).map((number) => person(`p${number}`)));
  const heartbeat = { idleMs: 500, pongMs: 2_000 };
  const clients = await Promise.all(people.map((who) => live(t, who, { heartbeat })));
  const room = await newRoom(clients[0], ...clients.slice(1));

  const acks = [];
  const moved = () => clients.some((client) => support.lives(client) > 1);
  for (const replica of [1, 0]) {
    const thawAt = performance.now() + 8_000;
    await control(`messages/${replica}/freeze`);
    acks.push(...clients.map((client) => client.room(room.id).send("through a frozen replica")));
    await until(() => moved() || performance.now() > thawAt);
    await control(`messages/${replica}/resume`);
  }
  await Promise.all(acks);

  assert.ok(moved(), "no client was on a frozen replica");
  assert.equal((await support.history(clients[0], room.id)).length, acks.length);
});
