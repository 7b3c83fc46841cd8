// The page: what is on it, and what its buttons do.

import { call, mayResume, register, renew, signIn, signOut } from "/api.js";
import { element, keepingEnd } from "/dom.js";
import { ExportDialog } from "/export-dialog.js";
import { ImportDialog } from "/import-dialog.js";
import { LinkPreviews, linkified } from "/link-preview.js";
import { Drafts, liveClient } from "/live-client.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE = 50;

const $ = (id) => document.getElementById(id);
const state = { me: null, live: null, drafts: null, rooms: new Map(), current: null, registering: false };
const previews = new LinkPreviews($("messages"));

/** Runs what a button asked for, and shows why it could not be done. */
async function attempt(where, action) {
  $(where).textContent = "";
  try {
    await action();
  } catch (failure) {
    $(where).textContent = failure.message;
  }
}

// Signing in

function showDoor(hint) {
  state.live?.close();
  state.importDialog?.remove();
  state.exportDialog?.remove();
  Object.assign(state, { me: null, live: null, current: null, rooms: new Map() });
  $("send").reset();
  $("chat").hidden = true;
  $("login").hidden = false;
  if (hint) {
    $("login-hint").textContent = hint;
  }
}

function switchForm() {
  state.registering = !state.registering;
  const form = $("sign-in");
  form.querySelector(".only-register").hidden = !state.registering;
  form.elements.email.required = state.registering;
  form.elements.password.autocomplete = state.registering ? "new-password" : "current-password";
  $("login-submit").textContent = state.registering ? "Register" : "Sign in";
  $("login-switch").textContent = state.registering ? "I have an account" : "No account yet? Register";
}

async function enter(form) {
  const login = form.elements.login.value.trim();
  if (state.registering) {
    await register({ username: login, email: form.elements.email.value.trim(), password: form.elements.password.value });
  }
  await signIn(login, form.elements.password.value);
  form.elements.password.value = "";
  await showChat();
}

async function showChat() {
  state.me = await call("GET", "/api/users/me");
  $("me").textContent = state.me.displayName || state.me.username;
  $("login").hidden = true;
  $("chat").hidden = false;
  state.drafts = new Drafts(state.me.id);
  state.live = liveClient();
  listen(state.live);
  await state.live.resume();
  state.importDialog = new ImportDialog();
  state.exportDialog = new ExportDialog();
  await loadRooms();
  await loadDirectory("");
  const linked = location.hash.slice(1);
  if (UUID.test(linked)) {
    await attempt("chat-error", () => followLink(linked));
  }
}

function listen(live) {
  live.on("state", onState);
  live.on("warning", ({ message }) => ($("chat-error").textContent = message));
  live.on("unread", drawRoomsSoon);
  live.on("reset", ({ room }) => attempt("chat-error", () => loadOlder(state.rooms.get(room))));
  live.on("left", ({ room }) => removeRoom(room));
  for (const change of ["message", "updated", "deleted", "reaction", "reset", "outbox", "sent", "discarded"]) {
    live.on(change, ({ room }) => room === state.current && drawSoon());
  }
}

function onState({ name, reason }) {
  $("state").textContent = name === "waiting" ? "connecting" : name;
  $("state").classList.toggle("live", name === "live");
  if (name === "stopped" && reason !== "closed") {
    const ended = ["signed_out", "revoked", "unauthenticated"].includes(reason);
    showDoor(ended ? "Your session has ended. Sign in again." : `The server ended the connection: ${reason}.`);
  }
}

// Rooms

async function loadRooms() {
  const rooms = await state.live.sync();
  rooms.forEach(({ info }) => addRoom(info));
  drawRooms();
}

/** `feed` is what the client knows of it. */
function addRoom(room) {
  if (!state.rooms.has(room.id)) {
    const feed = state.live.room(room.id);
    state.rooms.set(room.id, { ...room, feed, loaded: false });
    feed.subscribe();
  }
}

function removeRoom(id) {
  const name = state.rooms.get(id)?.name;
  state.rooms.delete(id);
  if (id === state.current) {
    state.current = null;
    $("room-name").textContent = "Choose a room";
    $("room-topic").textContent = "";
    $("send").hidden = true;
    $("room-tools").hidden = true;
    $("messages").replaceChildren();
  }
  $("chat-error").textContent = name ? `You are not in the room "${name}" any more.` : "";
  drawRooms();
}

function roomButton(room, onclick) {
  const button = element("button", { type: "button", onclick }, room.name);
  const unread = room.feed?.unread ?? 0;
  if (unread > 0) {
    button.append(element("span", { className: "count", title: "unread" }, String(unread)));
  }
  if (room.id === state.current) {
    button.setAttribute("aria-current", "true");
  }
  return element("li", {}, button);
}

/** Each room of a long list says how much is unread. */
function drawRoomsSoon() {
  state.drawingRooms ??= requestAnimationFrame(() => {
    state.drawingRooms = null;
    drawRooms();
  });
}

function drawRooms() {
  $("rooms").replaceChildren(
    ...[...state.rooms.values()].map((room) => roomButton(room, () => attempt("chat-error", () => openRoom(room.id)))),
  );
}

async function loadDirectory(query) {
  if (UUID.test(query)) {
    await enterRoom(query);
    return;
  }
  const page = await call("GET", `/api/rooms?visibility=public&limit=50&query=${encodeURIComponent(query)}`);
  const others = page.items.filter((room) => room.visibility === "public" && !state.rooms.has(room.id));
  $("directory").replaceChildren(
    ...others.map((room) => roomButton(room, () => attempt("chat-error", () => enterRoom(room.id)))),
  );
}

/** Opens the room of a link. Anyone can send a link, so nobody joins a room by it without being asked. */
async function followLink(id) {
  if (!state.rooms.has(id)) {
    const room = await call("GET", `/api/rooms/${id}`);
    if (!confirm(`Join the room "${room.name}"?`)) {
      history.replaceState(null, "", location.pathname);
      return;
    }
  }
  await enterRoom(id);
}

/** Joins a room, if need be, and opens it. */
async function enterRoom(id) {
  if (!state.rooms.has(id)) {
    const room = await call("GET", `/api/rooms/${id}`);
    await call("PUT", `/api/rooms/${id}/members/${state.me.id}`);
    addRoom(room);
    await loadDirectory("");
  }
  await openRoom(id);
}

async function createRoom(form) {
  const visibility = form.elements.private.checked ? "private" : "public";
  const room = await call("POST", "/api/rooms", { name: form.elements.name.value.trim(), visibility });
  form.reset();
  addRoom({ ...room, role: "owner" });
  await openRoom(room.id);
}

async function openRoom(id) {
  const room = state.rooms.get(id);
  state.current = id;
  history.replaceState(null, "", `#${id}`);
  $("room-name").textContent = room.name;
  $("room-topic").textContent = room.topic ?? "";
  $("send").hidden = false;
  $("room-tools").hidden = room.role !== "owner";
  $("send").elements.content.value = state.drafts.of(id);
  drawRooms();
  drawMessages();
  if (!room.loaded) {
    await loadOlder(room);
    room.loaded = true;
  }
  $("messages").scrollTop = $("messages").scrollHeight;
  markRead();
  $("send").elements.content.focus();
}

// Messages

/** What one reads stays where it is. */
async function loadOlder(room) {
  await room.feed.older(PAGE);
  const list = $("messages");
  const fromEnd = list.scrollHeight - list.scrollTop;
  drawMessages();
  list.scrollTop = list.scrollHeight - fromEnd;
}

function say(form) {
  const content = form.elements.content.value;
  const room = state.rooms.get(state.current);
  if (content.trim() === "" || !room) {
    return;
  }
  // It is kept until it is stored, so that the text can go.
  room.feed.send(content);
  form.reset();
  state.drafts.keep(room.id, "");
  drawMessages();
  $("messages").scrollTop = $("messages").scrollHeight;
}

/** What is on the screen of somebody who is there is read. */
function markRead() {
  if (document.visibilityState === "visible") {
    state.rooms.get(state.current)?.feed.markRead();
  }
}

/** Many changes that come together are drawn once. */
function drawSoon() {
  state.drawing ??= requestAnimationFrame(() => {
    state.drawing = null;
    drawMessages();
    markRead();
  });
}

/** Those that are stored, then those on their way. */
function messagesOf({ feed }) {
  const stored = new Set(feed.messages.slice(-200).map(({ sender, clientId }) => `${sender.id} ${clientId}`));
  const pending = feed.pending
    .filter(({ clientId }) => !stored.has(`${state.me.id} ${clientId}`))
    .map((entry) => ({ ...entry, sender: state.me, waiting: true }));
  return [...feed.messages, ...pending];
}

function drawMessages() {
  const room = state.rooms.get(state.current);
  if (!room) {
    return;
  }
  const list = $("messages");
  previews.reset();
  keepingEnd(list, () => {
    list.replaceChildren(...messagesOf(room).map(messageItem));
    if (room.loaded && !room.feed.isComplete) {
      const more = element("button", { type: "button", className: "link" }, "Show older");
      more.onclick = () => attempt("chat-error", () => loadOlder(room));
      list.prepend(element("li", { className: "more" }, more));
    }
  });
}

function messageItem(message) {
  const mine = message.sender?.id === state.me.id;
  const at = message.createdAt ? new Date(message.createdAt) : new Date();
  const time = element(
    "time",
    { dateTime: at.toISOString(), title: at.toLocaleString() },
    shortTime(at),
  );
  const item = element(
    "li",
    { className: `${mine ? "mine" : ""} ${message.state ?? ""}` },
    element("div", { className: "who" }, author(message), time),
  );
  if (message.deletedAt) {
    item.append(element("div", { className: "text gone" }, "deleted"));
    return item;
  }
  item.append(element("div", { className: "text" }, ...linkified(message.content)));
  if (message.state === "failed") {
    item.append(failure(message));
  }
  const place = message.waiting ? null : previews.of(message.content);
  if (place) {
    item.append(place);
  }
  return item;
}

/** Why a message was not taken, and what may be done. */
function failure({ clientId, error }) {
  const action = (text, onclick) => element("button", { type: "button", className: "link", onclick }, text);
  return element(
    "div",
    { className: "error" },
    `Not sent: ${error.message} `,
    action("Try again", () => state.live.retry(clientId)),
    action("Discard", () => state.live.discard(clientId)),
  );
}

/** An import says who wrote a message, and nobody has checked that. */
function author({ sender, imported }) {
  const name = imported?.author ?? sender?.displayName ?? "";
  return element("span", {}, imported ? `${name} (imported)` : name);
}

/** Imported messages may be years old. */
function shortTime(at) {
  const clock = { hour: "2-digit", minute: "2-digit" };
  return at.toDateString() === new Date().toDateString()
    ? at.toLocaleTimeString([], clock)
    : at.toLocaleString([], { ...clock, day: "numeric", month: "short", year: "numeric" });
}

// Wiring

function onSubmit(id, where, action) {
  $(id).addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(where, () => action(event.target));
  });
}

onSubmit("sign-in", "login-error", enter);
onSubmit("new-room", "chat-error", createRoom);
onSubmit("find-room", "chat-error", (form) => loadDirectory(form.elements.query.value.trim()));
onSubmit("send", "chat-error", say);
$("login-switch").addEventListener("click", switchForm);
$("sign-out").addEventListener("click", () => {
  state.live?.close();
  signOut().then(() => showDoor("You are signed out."));
});
$("import").addEventListener("click", () => state.importDialog.open(state.rooms.get(state.current)));
$("export").addEventListener("click", () => state.exportDialog.openForRoom(state.rooms.get(state.current)));
$("export-me").addEventListener("click", () => state.exportDialog.openForMe());
$("send").elements.content.addEventListener("input", ({ target }) => state.drafts.keep(state.current, target.value));
document.addEventListener("visibilitychange", markRead);
$("send").elements.content.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("send").requestSubmit();
  }
});

if (mayResume()) {
  renew().then(showChat).catch(() => showDoor());
} else {
  showDoor();
}
