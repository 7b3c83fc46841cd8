// The routes and limits in force, and the services behind this gateway.

import { $, element, setText } from "/ui/dom.js";
import { bytes, clock, count, duration, number } from "./format.js";
import { fillTable } from "./table.js";

const ALL = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

function limit({ name, requests, window, by, shadow }) {
  const called = name === by ? "" : `${name}: `;
  return `${called}${count(requests)} in ${duration(window)} by ${by}${shadow ? " (counted only)" : ""}`;
}

function lines(texts) {
  return element("span", { className: "lines" }, ...texts.map((text) => element("span", {}, text)));
}

/** Shows the response of `GET /api/ops/routes`. */
export function showRoutes({ since, reloadFailure, routes, upstreams }) {
  setText($("routes-since"), `In force since ${clock(Date.parse(since))}.`);
  setText(
    $("routes-rejected"),
    reloadFailure ? `A change at ${clock(Date.parse(reloadFailure.at))} was rejected: ${reloadFailure.reason}` : "",
  );
  fillTable(
    $("routes"),
    ["Path", "To", "Methods", "Access", "Limits", "Cache", "Largest body", "Timeout"],
    routes.map((route) => [
      route.path,
      route.upstream ?? "this gateway",
      route.methods === ALL ? "all" : route.methods,
      route.role ? `role ${route.role}` : route.access,
      lines(route.limits.map(limit)),
      route.cache ? `at most ${duration(route.cache.maxFreshness)}` : "no",
      bytesOf(route.maxBody),
      duration(route.timeouts?.total) || "–",
    ]),
  );
  fillTable(
    $("upstreams"),
    ["Address", "Service", "Breaker", "Connections in use"],
    upstreams.flatMap(({ name, instances }) =>
      instances.map((instance) => [instance.address, name, instance.breaker, number(instance.inUse)]),
    ),
  );
}

function bytesOf(size) {
  return size < 2 ** 20 ? `${number(size / 1_024)} KiB` : bytes(size);
}
