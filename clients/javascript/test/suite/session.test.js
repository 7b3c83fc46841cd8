import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStorage } from "@heliograph/client";
import * as support from "../support.js";

const { suite, control, isLive, live, network, newClient, newRoom, pause, person, shortLived, until } = support;

test("session: a token is renewed at 80 % of its life, on the same connection", suite, async (t) => {
  const { fetch, calls } = shortLived(5);
  const client = await live(t, await person("ada"), { fetch });
  const room = await newRoom(client);
  await room.subscribe();

  await until(() => calls.filter(({ isRefresh }) => isRefresh).length === 2, "two renewals");

  const [signIn, first, second] = calls;
  assert.ok(first.at - signIn.at >= 3_900, `after ${first.at - signIn.at} ms`);
  assert.equal(first.sent.refreshToken, signIn.pair.refreshToken);
  assert.equal(second.sent.refreshToken, first.pair.refreshToken);
  await room.send("still here");
  assert.deepEqual(client.states, ["connecting", "live"]);
});

test("session: a token of the host is renewed before the server ends its connection", suite, async (t) => {
  const who = await person("ada");
  let calls = 0;
  // The first was issued a while ago, which only the time of the server shows.
  const lives = [
    { age: 15, seconds: 15 },
    { age: 0, seconds: 600 },
  ];
  const token = async () => (await control("tokens", { ...who, ...lives[calls++] })).token;
  const client = newClient(t, { token });
  assert.equal(await client.resume(), true);
  await isLive(client);

  await until(() => calls === 2, "the renewal");
  // The first has ended by then.
  await pause(8_000);

  assert.deepEqual(client.states, ["connecting", "live"]);
  assert.equal(client.user.id, who.id);
});

test("session: a connection that ends with its token comes back with another", suite, async (t) => {
  const who = await person("ada");
  const spent = (await control("tokens", { ...who, seconds: 3 })).token;
  let fresh = null;
  const client = newClient(t, { token: () => fresh ?? spent });
  await client.resume();
  await isLive(client);

  await until(() => client.state.name !== "live", "the end of the token");
  fresh = (await control("tokens", { ...who, seconds: 600 })).token;

  // Where the host had no other yet, the client has stopped and reports the reason.
  if (await until(() => client.state.name === "live" || client.state.name === "stopped") && client.state.name === "stopped") {
    assert.equal(client.state.reason, "unauthenticated");
    await client.resume();
  }
  await isLive(client);
});

for (const [name, options] of [
  ["with a lock", {}],
  ["without one", { lock: (_, work) => work() }],
]) {
  test(`session: two tabs share a session, ${name}`, suite, async (t) => {
    const who = await person("ada");
    const storage = memoryStorage();
    const { fetch, calls } = shortLived(2);
    const first = await live(t, who, { ...options, storage, fetch });
    const second = newClient(t, { ...options, storage, fetch });
    assert.equal(await second.resume(), true);
    await isLive(second);
    const ends = [];
    [first, second].forEach((tab) => tab.on("signedOut", ({ reason }) => ends.push(reason)));

    await until(() => calls.length > 5, "five renewals");

    assert.deepEqual(ends, []);
    for (const tab of [first, second]) {
      assert.deepEqual(tab.states, ["connecting", "live"]);
      assert.equal((await tab.request("GET", "/api/users/me")).id, who.id);
    }
    if (name === "with a lock") {
      const sent = calls.filter(({ isRefresh }) => isRefresh).map(({ sent }) => sent.refreshToken);
      assert.equal(new Set(sent).size, sent.length, "a token was spent twice");
    }
  });
}

test("session: a lost answer to a renewal does not end the session", suite, async (t) => {
  const { fetch, calls } = shortLived(3, { lose: (number) => number <= 2 });
  const client = await live(t, await person("ada"), { fetch });

  await until(() => calls.filter(({ isRefresh }) => isRefresh).length >= 4, "the next renewal");

  const [first, second, third, fourth] = calls.filter(({ isRefresh }) => isRefresh);
  assert.equal(second.sent.refreshToken, first.sent.refreshToken);
  assert.equal(third.pair.refreshToken, first.pair.refreshToken);
  assert.equal(fourth.sent.refreshToken, third.pair.refreshToken);
  assert.deepEqual(client.states, ["connecting", "live"]);
});

test("session: a sign-out in one tab ends the other, which reports the reason", suite, async (t) => {
  const storage = memoryStorage();
  const first = await live(t, await person("ada"), { storage });
  const second = newClient(t, { storage });
  await second.resume();
  await isLive(second);
  const ended = second.once("signedOut");

  await first.signOut();

  assert.deepEqual(first.state, { name: "stopped", reason: "signed_out", code: undefined });
  assert.deepEqual(await ended, { reason: "revoked" });
  assert.deepEqual(second.state, { name: "stopped", reason: "revoked", code: 4503 });
  assert.equal(storage.length, 0);
  assert.equal(await newClient(t, { storage }).resume(), false);
});

test("session: the session of another user in the storage is not used", suite, async (t) => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const storage = memoryStorage();
  const { fetch } = shortLived(3);
  const first = await live(t, ada, { storage, fetch });
  const ended = first.once("signedOut");

  const second = await live(t, bob, { storage });

  assert.deepEqual(await ended, { reason: "signed_out" });
  assert.equal(first.user, null);
  assert.equal((await second.request("GET", "/api/users/me")).id, bob.id);
});

test("session: an account is registered and signs in, and a wrong password is reported", suite, async (t) => {
  const client = newClient(t);
  const username = `new-${Math.random().toString(36).slice(2, 10)}`;
  const password = "correct horse battery";

  await client.register({ username, email: `${username}@example.org`, password });
  await assert.rejects(client.signIn(username, "wrong"), { code: "bad_credentials", status: 401 });
  await client.signIn(username, password);

  await isLive(client);
  assert.equal(client.user.username, username);
});

test("session: a token that every server rejects stops the client", suite, async (t) => {
  const client = newClient(t, { token: () => "no token at all" });
  await client.resume();

  await until(() => client.state.name === "stopped", "the end");

  assert.deepEqual(client.state, { name: "stopped", reason: "unauthenticated", code: 4501 });
});

test("session: a call with a rejected token is repeated with another", suite, async (t) => {
  const who = await person("ada");
  const old = (await control("tokens", { ...who, seconds: -120, age: 600 })).token;
  const good = (await control("tokens", { ...who, seconds: 600 })).token;
  const tokens = [old, good];
  const client = newClient(t, { token: () => tokens.shift() ?? good });
  await client.resume();

  assert.equal((await client.request("GET", "/api/users/me")).id, who.id);
  await isLive(client);
});

test("session: while renewals fail, the token is used until it expires", suite, async (t) => {
  const net = await network();
  const { fetch } = shortLived(5);
  const direct = (url, init) => fetch(url.endsWith("refresh") ? url : url.replace(net.url, process.env.HELIOGRAPH_URL), init);
  const client = await live(t, await person("ada"), { url: net.url, fetch: direct });
  await net.refuse();
  await pause(4_200);

  assert.ok(await client.request("GET", "/api/users/me"));

  await net.pass();
  await pause(1_500);
  assert.ok(await client.request("GET", "/api/users/me"));
  assert.notEqual(client.user, null);
});

test("session: a client that is closed during a renewal does not renew again", suite, async (t) => {
  const who = await person("ada");
  let calls = 0;
  const token = async () => {
    calls++;
    await pause(300);
    return (await control("tokens", { ...who, seconds: 3 })).token;
  };
  const client = newClient(t, { token });
  await client.resume();
  await isLive(client);

  await until(() => calls === 2, "a renewal");
  client.close();
  await pause(4_000);

  assert.equal(calls, 2);
  assert.equal(client.state.name, "stopped");
});
