// What the tests share: people, rooms and faults of a real Heliograph, which JavaScriptClientTest starts.

import { setTimeout as pause } from "node:timers/promises";
import { HeliographClient } from "@heliograph/client";

const URL = process.env.HELIOGRAPH_URL;
const CONTROL = process.env.HELIOGRAPH_CONTROL;

/** For a test that needs the suite. */
export const suite = URL && CONTROL ? {} : { skip: "HELIOGRAPH_URL and HELIOGRAPH_CONTROL are not set: NOT tested" };

if (suite.skip) {
  console.error(`WARNING: ${suite.skip}`);
}

/** Longer than anything takes on a busy machine: what hangs is to fail. */
const PATIENCE_MS = 240_000;

/** Short pauses for tests; the defaults spread many clients. */
export const QUICK = { baseMs: 50, maxMs: 500 };

export { pause };

/** Returns as soon as the condition holds. */
export async function until(condition, what) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const result = await condition();
    if (result) {
      return result;
    }
    if (performance.now() > end) {
      throw new Error(`Not seen: ${what ?? condition}`);
    }
    await pause(20);
  }
}

/** Runs a command of the control server, the Java part of the test. */
export async function control(path, body = {}) {
  const response = await fetch(`${CONTROL}/${path}`, { method: "POST", body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${path}: ${answer.failure}`);
  }
  return answer;
}

/** Starts killed replicas again. */
export async function restore() {
  for (const replica of [0, 1]) {
    await control(`messages/${replica}/revive`);
  }
}

/** Registers a user whose name begins with `name`. */
export function person(name) {
  return control("people", { name });
}

/** A network before the gateway that can be broken. */
export async function network() {
  const { id, url } = await control("proxies");
  const act = (action) => (body) => control(`proxies/${id}/${action}`, body);
  return {
    url,
    accepted: async () => (await control(`proxies/${id}/count`)).accepted,
    /** Bytes of the server that were lost while it was muted. */
    lost: async () => (await control(`proxies/${id}/count`)).lost,
    cut: act("cut"),
    pass: act("pass"),
    freeze: act("freeze"),
    stall: act("stall"),
    mute: act("mute"),
    refuse: act("refuse"),
    close: (code) => control(`proxies/${id}/close`, { code }),
    /** As if the server had sent it; only while nothing else is on its way. */
    inject: (frame) => control(`proxies/${id}/inject`, frame),
  };
}

/** A client without a session; it is closed at the end of the test. */
export function newClient(t, options = {}) {
  const client = new HeliographClient({ url: URL, backoff: QUICK, ...options });
  t.after(() => client.close());
  client.states = [];
  client.on("state", ({ name }) => client.states.push(name));
  return client;
}

/** A client of this person that is live. */
export async function live(t, who, options) {
  const client = newClient(t, options);
  await client.signIn(who.username, who.password);
  await isLive(client);
  return client;
}

export function isLive(client) {
  return until(() => client.state.name === "live", "live");
}

/** How often the client has been live. */
export function lives(client) {
  return client.states.filter((name) => name === "live").length;
}

/** A private room of the first one, with the others in it. */
export async function newRoom(owner, ...others) {
  const room = await owner.createRoom({ name: "a room of the tests", visibility: "private" });
  for (const other of others) {
    await room.addMember(other.user.id);
    await other.room(room.id).join();
  }
  return room;
}

/** All messages of the room as the server has them, the oldest first. */
export async function history(client, room) {
  const messages = [];
  let after = 0;
  do {
    const page = await client.request("GET", `/api/rooms/${room}/messages?limit=200&after=${after}`);
    messages.push(...page.items);
    after = page.next;
  } while (after !== null);
  return messages;
}

/** Records the events of the room. */
export function record(room, ...names) {
  const events = [];
  names.forEach((name) => room.on(name, (event) => events.push({ name, ...event })));
  return events;
}

/** The numbers 1 to `count`. */
export function range(count) {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** Counts the calls of a path, and may change their answers or lose them. */
export function watchedFetch(path, change = (response) => response) {
  const calls = [];
  const watched = async (url, init) => {
    if (!url.endsWith(path)) {
      return fetch(url, init);
    }
    calls.push({ at: performance.now(), body: JSON.parse(init.body ?? "null"), token: init.headers.Authorization });
    return change(await fetch(url, init), calls.length);
  };
  return { fetch: watched, calls };
}

/** Tokens whose life the client takes to be shorter than it is. */
export function shortLived(seconds, { lose = () => false } = {}) {
  let refreshes = 0;
  const calls = [];
  const shortened = async (url, init) => {
    const response = await fetch(url, init);
    if (!/auth\/(login|refresh)$/.test(url) || !response.ok) {
      return response;
    }
    const pair = await response.json();
    calls.push({ at: performance.now(), isRefresh: url.endsWith("refresh"), sent: JSON.parse(init.body), pair });
    if (url.endsWith("refresh") && lose(++refreshes)) {
      throw new TypeError("the answer was lost");
    }
    return Response.json({ ...pair, expiresIn: seconds });
  };
  return { fetch: shortened, calls };
}
