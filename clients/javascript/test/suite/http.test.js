import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "../support.js";

const { suite, live, network, newRoom, person, until, watchedFetch } = support;

test("http: a 429 is waited out for as long as Retry-After says", suite, async (t) => {
  const path = "/messages/batch";
  const told = [];
  const { fetch, calls } = watchedFetch(path, (response) => {
    told.push(response.status === 429 ? Number(response.headers.get("Retry-After")) * 1_000 : 0);
    return response;
  });
  const client = await live(t, await person("ada"), { fetch });
  const room = await newRoom(client);
  const messages = support.range(1_000).map((number) => ({ content: `${number}` }));

  for (let batch = 0; batch < 30 && !told.some(Boolean); batch++) {
    await client.request("POST", `/api/rooms/${room.id}${path}`, { body: { messages } });
  }

  const refused = told.findIndex(Boolean);
  assert.ok(refused >= 0, "no refusal");
  assert.ok(calls[refused + 1].at - calls[refused].at >= told[refused]);
});

test("http: a call that may be repeated outlasts a server that cannot be reached", suite, async (t) => {
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

test("http: a call can be given up", suite, async (t) => {
  const net = await network();
  const client = await live(t, await person("ada"), { url: net.url });
  const controller = new AbortController();
  await net.freeze();

  const call = client.request("GET", "/api/users/me", { signal: controller.signal });
  controller.abort(new Error("given up"));

  await assert.rejects(call, /given up/);
  await net.cut();
});

test("http: a refusal names its code and its fields", suite, async (t) => {
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
