import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { memoryStorage } from "@heliograph/client";
import * as support from "../support.js";

const { suite, control, isLive, live, newClient, newRoom, person, shortLived, until } = support;

const HOUR = 3_600_000;
const right = Date.now;

function setClock(wrongBy) {
  Date.now = () => right() + wrongBy;
}

afterEach(() => setClock(0));

for (const wrongBy of [-HOUR, HOUR]) {
  test(`clock: one that is wrong by ${wrongBy / HOUR} h makes no difference`, suite, async (t) => {
    setClock(wrongBy);
    const who = await person("ada");
    const { fetch, calls } = shortLived(3);
    const storage = memoryStorage();
    const client = await live(t, who, { fetch, storage });
    const room = await newRoom(client);
    await room.subscribe();
    await room.send("one");

    await until(() => calls.length >= 3, "two renewals");

    assert.ok(calls[1].at - calls[0].at >= 2_300);
    assert.deepEqual(client.states, ["connecting", "live"]);
    const next = newClient(t, { storage, fetch });
    assert.equal(await next.resume(), true);
    await isLive(next);
  });

  test(`clock: a token of the host is renewed in time by one that is wrong by ${wrongBy / HOUR} h`, suite, async (t) => {
    const who = await person("ada");
    let calls = 0;
    const token = async () => {
      calls++;
      return (await control("tokens", { ...who, seconds: 15 })).token;
    };
    setClock(wrongBy);
    const client = newClient(t, { token });
    const at = performance.now();
    await client.resume();

    await until(() => calls >= 2, "a renewal");

    assert.ok(performance.now() - at >= 9_000);
    assert.deepEqual(client.states, ["connecting", "live"]);
  });
}

test("clock: one that is set while the client runs makes no difference", suite, async (t) => {
  const { fetch, calls } = shortLived(3);
  const storage = memoryStorage();
  const client = await live(t, await person("ada"), { fetch, storage });
  const room = await newRoom(client);

  setClock(HOUR);
  await room.send("one");
  await until(() => calls.length >= 2, "a renewal");
  setClock(-HOUR);
  await room.send("two");
  await until(() => calls.length >= 3, "another");

  assert.deepEqual(client.states, ["connecting", "live"]);
  assert.deepEqual(
    (await support.history(client, room.id)).map(({ content }) => content),
    ["one", "two"],
  );
});
