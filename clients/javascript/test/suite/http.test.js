import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, live, network, newRoom, person, until } = support;

test("http: a 429 is waited out for as long as Retry-After says", suite, async (t) => {
  const attempts = [];
  const watched = async (url, init) => {
    const attempt = { url, at: performance.now() };
    const response = await fetch(url, init);
    attempt.waitMs = response.status === 429 ? Number(response.headers.get("Retry-After")) * 1_000 : 0;
    attempts.push(attempt);
    return response;
  };
  const client = await live(t, await person("ada"), { fetch: watched });
  const rooms = [];
  for (const _ of support.range(6)) {
    rooms.push(await newRoom(client));
  }
  const messages = support.range(1_000).map((number) => ({ content: `${number}` }));

  // All at once, so that they are too many on a slow machine too.
  const options = { body: { messages }, attemptMs: 240_000, patienceMs: 240_000 };
  await Promise.all(rooms.map(({ id }) => client.request("POST", `/api/rooms/${id}/messages/batch`, options)));

  const refused = attempts.filter(({ waitMs }) => waitMs > 0);
  assert.ok(refused.length > 0, "no refusal");
  for (const { url, at, waitMs } of refused) {
    const next = attempts.find((other) => other.url === url && other.at > at);
    assert.ok(next.at - at >= waitMs, `${waitMs} ms`);
  }
});

test("http: a safe call is repeated until the server is reachable", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const room = await newRoom(client);
  await net.refuse();
  await net.cut();

  const page = room.members();
  await assert.rejects(client.createRoom({ name: "no", visibility: "private" }), { code: "unreachable" });
  await until(() => client.state.name === "waiting");
  await net.pass();

  assert.equal((await page).items.length, 1);
});

test("http: a call can be aborted", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const controller = new AbortController();
  await net.freeze();

  const call = client.request("GET", "/api/users/me", { signal: controller.signal });
  controller.abort(new Error("given up"));

  await assert.rejects(call, /given up/);
  await net.cut();
});

test("http: a rejection reports its code and its fields", suite, async (t) => {
  const client = await live(t, await person("ada"));

  await assert.rejects(client.createRoom({ name: "", visibility: "private" }), (failure) => {
    assert.equal(failure.name, "HeliographError");
    assert.equal(failure.code, "invalid_request");
    assert.equal(failure.status, 400);
    assert.ok(failure.errors.some(({ field }) => field.includes("name")), JSON.stringify(failure.errors));
    assert.ok(failure.requestId);
    return true;
  });
});
