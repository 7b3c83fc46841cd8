// The page: what is on it, and what its buttons do.

import { call, mayResume, register, renew, signIn, signOut } from "/api.js";
import { element, keepingEnd } from "/dom.js";
import { ExportDialog } from "/export-dialog.js";
import { ImportDialog } from "/import-dialog.js";
import { LinkPreviews, linkified } from "/link-preview.js";
import { Live } from "/live.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE = 50;

const $ = (id) => document.getElementById(id);
const state = { me: null, live: null, rooms: new Map(), current: null, registering: false };
const previews = new LinkPreviews($("messages"));

function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

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
  state.live = new Live(onFrame, onState);
  state.importDialog = new ImportDialog();
  state.exportDialog = new ExportDialog();
  await loadRooms();
  await loadDirectory("");
  const linked = location.hash.slice(1);
  if (UUID.test(linked)) {
    await attempt("chat-error", () => followLink(linked));
  }
}

function onState(now) {
  $("state").textContent = now;
  $("state").classList.toggle("live", now === "live");
  if (now === "signed out") {
    showDoor("Your session has ended. Sign in again.");
  }
}

// Rooms

async function loadRooms() {
  const page = await call("GET", "/api/rooms?limit=200");
  page.items.forEach(addRoom);
  drawRooms();
}

function addRoom(room) {
  if (!state.rooms.has(room.id)) {
    state.rooms.set(room.id, { ...room, unread: room.unread ?? 0, messages: new Map(), oldest: null, loaded: false });
    state.live.join(room.id);
  }
}

function roomButton(room, onclick) {
  const button = element("button", { type: "button", onclick }, room.name);
  if (room.unread > 0) {
    button.append(element("span", { className: "count", title: "unread" }, String(room.unread)));
  }
  if (room.id === state.current) {
    button.setAttribute("aria-current", "true");
  }
  return element("li", {}, button);
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
  room.unread = 0;
  history.replaceState(null, "", `#${id}`);
  $("room-name").textContent = room.name;
  $("room-topic").textContent = room.topic ?? "";
  $("send").hidden = false;
  $("room-tools").hidden = room.role !== "owner";
  drawRooms();
  drawMessages();
  if (!room.loaded) {
    await loadOlder(room);
    room.loaded = true;
    $("messages").scrollTop = $("messages").scrollHeight;
  }
  $("send").elements.content.focus();
}

// Messages

async function loadOlder(room) {
  const before = room.oldest === null ? "" : `&before=${room.oldest}`;
  const page = await call("GET", `/api/rooms/${room.id}/messages?limit=${PAGE}${before}`);
  page.items.forEach((message) => keep(room, message));
  room.oldest = page.next;
  drawMessages();
}

/** Keeps the newest state of a message; what is live may be ahead of what was loaded. */
function keep(room, message) {
  const known = room.messages.get(message.seq);
  if (!known || known.rev < message.rev) {
    room.messages.set(message.seq, { ...known, ...message });
  }
  room.messages.delete(message.clientId);
}

function onFrame(frame) {
  const room = state.rooms.get(frame.room);
  switch (frame.type) {
    case "message":
      if (room) {
        keep(room, frame);
        room.unread += room.id === state.current ? 0 : 1;
        drawRooms();
      }
      break;
    case "updated":
    case "deleted":
      if (room?.messages.has(frame.seq)) {
        keep(room, frame);
      }
      break;
    case "error":
      refuse(frame);
      break;
    default:
      return;
  }
  drawMessages();
}

/** Shows why something was refused, and takes back a message that was not taken. */
function refuse(frame) {
  $("chat-error").textContent = frame.message;
  state.rooms.forEach((room) => room.messages.delete(frame.id));
}

function say(form) {
  const content = form.elements.content.value;
  const room = state.rooms.get(state.current);
  if (content.trim() === "" || !room) {
    return;
  }
  const clientId = randomId();
  // Until it has a number it stands at the end, under its own name.
  room.messages.set(clientId, { seq: Infinity, clientId, content, sender: state.me, waiting: true });
  state.live.say(room.id, clientId, content);
  form.reset();
  drawMessages();
  $("messages").scrollTop = $("messages").scrollHeight;
}

function drawMessages() {
  const room = state.rooms.get(state.current);
  if (!room) {
    return;
  }
  const list = $("messages");
  const ordered = [...room.messages.values()].sort((a, b) => (a.seq === b.seq ? 0 : a.seq - b.seq));
  previews.reset();
  keepingEnd(list, () => {
    list.replaceChildren(...ordered.map(messageItem));
    if (room.oldest) {
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
    { className: `${mine ? "mine" : ""} ${message.waiting ? "waiting" : ""}` },
    element("div", { className: "who" }, author(message), time),
  );
  if (message.deletedAt) {
    item.append(element("div", { className: "text gone" }, "deleted"));
    return item;
  }
  item.append(element("div", { className: "text" }, ...linkified(message.content)));
  const place = message.waiting ? null : previews.of(message.content);
  if (place) {
    item.append(place);
  }
  return item;
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
$("sign-out").addEventListener("click", () => signOut().then(() => showDoor("You are signed out.")));
$("import").addEventListener("click", () => state.importDialog.open(state.rooms.get(state.current)));
$("export").addEventListener("click", () => state.exportDialog.openForRoom(state.rooms.get(state.current)));
$("export-me").addEventListener("click", () => state.exportDialog.openForMe());
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
