// The page: passes the frames of the stream to its parts.

import { call, mayResume, renew, signOut } from "/api.js";
import { $, element, setText } from "/ui/dom.js";
import { SignInForm } from "/ui/sign-in-form.js";
import { showAlerts } from "./alerts.js";
import { clock, span } from "./format.js";
import { History, SPAN } from "./history.js";
import { showRoutes } from "./routes.js";
import { Service } from "./service.js";
import { shortName, SUMMARY } from "./signals.js";
import { OperationsStream } from "./stream.js";
import { setChildren } from "./table.js";
import { showKinds, showTasks } from "./tasks.js";

/** In the order in which a request meets them; others stand behind. */
const ORDER = ["gateway", "message", "user"];

const ROUTES_EVERY = 30_000;
const TASKS_EVERY = 5_000;

const SPOKEN = { connecting: "Connecting", live: "Live", lost: "Disconnected" };

const services = new Map();
const loading = new Set();
let history = new History();
let stream = null;
let state = { kind: "connecting" };
/** The newest frame of the stream; null before the first. */
let latest = null;
let quantile = "p99";
/** The moments that the slider and the pointer choose, in seconds; null is the newest. */
let chosen = null;
let hovered = null;
let dragging = false;
let drawing = false;

// Signing in

const signInForm = new SignInForm($("login"), "Live operations", showDashboard);

function showLogin(hint) {
  stream?.close();
  stream = null;
  $("dashboard").hidden = true;
  document.title = "Live operations · Heliograph";
  signInForm.show(hint);
}

function showDashboard() {
  signInForm.hide();
  $("dashboard").hidden = false;
  history = new History();
  latest = null;
  draw();
  stream = new OperationsStream(onFrame, onState);
  loadRoutes();
  loadTasks();
}

async function leave(hint) {
  await signOut();
  showLogin(hint);
}

// The stream

function onFrame(frame) {
  if (frame.type === "history") {
    frame.samples.forEach((sample) => history.add(sample));
  } else {
    history.add(frame);
    history.miss(frame.missing ?? []);
    latest = frame;
  }
  scheduleDrawing();
}

function onState(now) {
  state = now;
  if (now.kind === "signed out") {
    showLogin("Your session has ended. Sign in again.");
  } else if (now.kind === "forbidden") {
    leave("This page is for administrators. Sign in as one.");
  } else {
    if (now.kind === "live") {
      loadRoutes();
    }
    setText($("announcement"), now.kind === "lost" ? `Disconnected since ${clock(now.since)}` : SPOKEN[now.kind]);
    showState();
  }
}

function showState() {
  const lost = state.kind === "lost";
  $("state").dataset.state = state.kind;
  setText($("state"), lost ? `Disconnected since ${clock(state.since)}` : SPOKEN[state.kind]);
  document.title = `${lost ? "⚠ Disconnected" : "Live operations"} · Heliograph`;
  $("dashboard").classList.toggle("stale", lost);
  $("outage").hidden = !lost;
  if (lost) {
    setText($("outage-since"), `Disconnected since ${clock(state.since)}.`);
    const pause = state.retryAt - Date.now();
    setText($("outage-retry"), pause > 0 ? `Next try in ${span(pause)}.` : "Trying to connect.");
  }
}

// Drawing

function scheduleDrawing() {
  if (!drawing && !document.hidden) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      draw();
    });
  }
}

function draw() {
  const moment = shownMoment();
  const frame = history.at(moment ?? Infinity);
  showSummary(frame);
  showMoment(moment);
  showAlerts(latest);
  showKinds(latest?.tasks ?? []);
  const partial = latest?.partial === true;
  $("partial").hidden = !partial;
  for (const name of names()) {
    serviceOf(name).draw(history, quantile, moment, partial);
  }
}

function names() {
  const place = (name) => (ORDER.indexOf(shortName(name)) + ORDER.length + 1) % (ORDER.length + 1);
  const present = new Set([...history.replicas.values()].map(({ service }) => service));
  return [...present].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}

function serviceOf(name) {
  let service = services.get(name);
  if (!service) {
    service = new Service(name, hover);
    services.set(name, service);
    setChildren($("services"), names().map((each) => services.get(each)?.section).filter(Boolean));
    visibility.observe(service.section);
  }
  return service;
}

/** Only visible parts are drawn. */
const visibility = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const service = [...services.values()].find(({ section }) => section === target);
      service.visible = isIntersecting;
    }
    scheduleDrawing();
  },
  { rootMargin: "200px" },
);

function showSummary(frame) {
  const samples = frame ? [...frame.samples.values()] : [];
  const by = (service) => samples.filter(({ name }) => shortName(name) === service);
  const gone = [...history.replicas.values()].filter((replica) => history.isGone(replica)).length;
  const all = history.replicas.size;
  const tiles = [...SUMMARY.map(([title, text]) => [title, text(by)]), ["Replicas up", `${all - gone} of ${all}`]];
  setChildren(
    $("summary"),
    tiles.map(([title, text]) => element("div", {}, element("dt", {}, title), element("dd", {}, text))),
  );
}

// The moment that is shown

function shownMoment() {
  return hovered ?? chosen;
}

function hover(moment) {
  hovered = moment;
  if (moment === null && chosen === null) {
    services.forEach((service) => service.point(null));
  }
  scheduleDrawing();
}

function choose(offset) {
  chosen = offset < 0 && history.end !== null ? history.end + offset : null;
  if (chosen === null) {
    services.forEach((service) => service.point(null));
  }
  draw();
}

function showMoment(moment) {
  if (chosen !== null && history.end - chosen > SPAN) {
    chosen = null;
  }
  const slider = $("moment");
  const offset = chosen === null ? 0 : Math.round(chosen - history.end);
  if (!dragging) {
    slider.value = offset;
  }
  const text = moment === null ? "now" : `${clock(moment * 1_000)}, ${span((history.end - moment) * 1_000)} ago`;
  setText($("moment-text"), text);
  slider.setAttribute("aria-valuetext", text);
  $("now").disabled = chosen === null;
}

// Periodic requests

async function loadRoutes() {
  await load("routes-error", "/api/ops/routes", showRoutes);
}

async function loadTasks() {
  await load("tasks-error", "/api/ops/tasks", showTasks);
}

/** One call at a time, so that calls do not pile up at a gateway that does not respond. */
async function load(where, path, show) {
  if (stream === null || document.hidden || loading.has(path)) {
    return;
  }
  loading.add(path);
  try {
    show(await call("GET", path));
    setText($(where), "");
  } catch (failure) {
    setText($(where), `Not up to date: ${failure.message}`);
  } finally {
    loading.delete(path);
  }
}

setInterval(loadRoutes, ROUTES_EVERY);
setInterval(loadTasks, TASKS_EVERY);
setInterval(() => stream && showState(), 1_000);

// Wiring

$("sign-out").addEventListener("click", () => leave("You are signed out."));
$("retry").addEventListener("click", () => stream?.retry());
$("view").addEventListener("submit", (event) => event.preventDefault());
$("view").addEventListener("change", () => {
  quantile = $("view").elements.quantile.value;
  draw();
});
$("moment").addEventListener("pointerdown", () => (dragging = true));
$("moment").addEventListener("pointerup", () => (dragging = false));
$("moment").addEventListener("input", (event) => choose(Number(event.target.value)));
$("now").addEventListener("click", () => choose(0));
addEventListener("resize", scheduleDrawing);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    stream?.retry();
    scheduleDrawing();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  services.forEach((service) => service.discard());
  draw();
});

if (mayResume()) {
  renew()
    .then(showDashboard)
    // While the gateway is unavailable the page shows that, and continues when it is back.
    .catch((failure) => (failure.status === 400 || failure.status === 401 ? showLogin() : showDashboard()));
} else {
  showLogin();
}
