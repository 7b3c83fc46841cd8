// The charts of a service: the four golden signals (latency, traffic, errors, saturation) and its gauges.

import { bytes, cores, finite, millis, number, rate } from "./format.js";

const worst = (values) => Math.max(0, ...values);
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** `combine` makes one number of those of all replicas; up to `least` the scale of a chart does not shrink. */
function signal(title, field, format, combine, least) {
  return { title, format, combine, least, value: (sample) => finite(sample[field]) };
}

/** Its value depends on the quantile that is chosen. */
const LATENCY = {
  title: "Latency",
  format: millis,
  combine: worst,
  least: 10,
  value: (sample, quantile) => finite(sample[`${quantile}Ms`]),
};
const REQUESTS = signal("Requests", "requestsPerSecond", rate, sum, 1);
const ERRORS = signal("Errors", "errorsPerSecond", rate, sum, 1);
const IN_FLIGHT = signal("In flight", "inFlight", number, sum, 5);
const CPU = signal("CPU", "cpu", cores, worst, 0.1);
const LAG = signal("Event-loop lag", "eventLoopLagMs", millis, worst, 10);
const MEMORY = { ...signal("Memory", "memoryBytes", bytes, worst, 64 * 2 ** 20), axis: bytes };
const CONNECTIONS = signal("WebSockets", "connections", number, sum, 5);
const DELIVERIES = signal("Deliveries", "deliveriesPerSecond", rate, sum, 1);
const POOL = {
  ...signal("Connections in use", "poolInUse", number, sum, 5),
  waiting: (sample) => finite(sample.poolWaiting),
};

const CHARTS = {
  gateway: [LATENCY, REQUESTS, ERRORS, IN_FLIGHT, CPU, LAG, POOL, CONNECTIONS],
  message: [LATENCY, REQUESTS, ERRORS, CONNECTIONS, CPU, LAG, POOL, DELIVERIES],
};
const OTHERS = [LATENCY, REQUESTS, ERRORS, IN_FLIGHT, CPU, LAG, POOL, MEMORY];

export const chartsOf = (service) => CHARTS[shortName(service)] ?? OTHERS;

export const shortName = (service) => service.replace(/^heliograph-/, "").replace(/-service$/, "");

const COLUMNS = [
  ["p50", (sample) => millis(sample.p50Ms)],
  ["p95", (sample) => millis(sample.p95Ms)],
  ["p99", (sample) => millis(sample.p99Ms)],
  ["Requests", (sample) => rate(sample.requestsPerSecond)],
  ["Errors", (sample) => rate(sample.errorsPerSecond)],
  ["In flight", (sample) => number(sample.inFlight)],
  ["CPU", (sample) => cores(sample.cpu)],
  ["Memory", (sample) => bytes(sample.memoryBytes)],
  ["Lag", (sample) => millis(sample.eventLoopLagMs)],
  ["Pool in use", (sample) => number(sample.poolInUse)],
  ["Pool waiting", (sample) => number(sample.poolWaiting)],
];
const SOCKETS = ["WebSockets", (sample) => number(sample.connections)];
const DELIVERED = ["Deliveries", (sample) => rate(sample.deliveriesPerSecond)];

/** The columns of the table of replicas: `[title, text of a sample]`. */
export function columnsOf(service) {
  switch (shortName(service)) {
    case "gateway":
      return [...COLUMNS, SOCKETS];
    case "message":
      return [...COLUMNS, SOCKETS, DELIVERED];
    default:
      return COLUMNS;
  }
}

/** The figures at the top of the page: `[title, text of the samples by service]`. */
export const SUMMARY = [
  ["Gateway requests", (by) => rate(sum(by("gateway").map((s) => finite(s.requestsPerSecond))))],
  ["Gateway errors", (by) => rate(sum(by("gateway").map((s) => finite(s.errorsPerSecond))))],
  ["Gateway p99, worst", (by) => millis(worst(by("gateway").map((s) => finite(s.p99Ms))))],
  ["Open WebSockets", (by) => number(sum(by("gateway").map((s) => finite(s.connections))))],
  ["Deliveries", (by) => rate(sum(by("message").map((s) => finite(s.deliveriesPerSecond))))],
];
