// A service: its replicas as a table, its signals as charts, and these as a table too.

import { element, setText } from "/ui/dom.js";
import { Chart, lookOf } from "./chart.js";
import { clock, finite } from "./format.js";
import { chartsOf, columnsOf, shortName } from "./signals.js";
import { fillTable } from "./table.js";

const MINUTE = 60;

/** Rewritten rarely, so that a table can be read. */
const TABLE_EVERY = 10;

export class Service {
  constructor(name, onHover) {
    this.name = name;
    const title = element("h2", { id: `service-${name}` }, shortName(name));
    this.count = element("span", { className: "hint" });
    this.table = element("table", { className: "replicas" });
    this.columns = columnsOf(name);
    this.charts = chartsOf(name).map((signal) => new Chart(signal, onHover));
    this.minutes = element("table");
    this.details = element(
      "details",
      {},
      element("summary", {}, "The last ten minutes as a table"),
      scrolled(this.minutes, `The last ten minutes of ${shortName(name)}`),
    );
    this.details.addEventListener("toggle", () => (this.writtenAt = 0));
    this.section = element(
      "section",
      { className: "service", "aria-labelledby": title.id },
      element("div", { className: "heading" }, title, this.count),
      scrolled(this.table, `Replicas of ${shortName(name)}`),
      element("div", { className: "charts" }, ...this.charts.map((chart) => chart.figure)),
      this.details,
    );
    this.writtenAt = 0;
    this.visible = true;
  }

  /**
   * Draws what the history has, and shows the values of a moment; null is the newest. While the picture is partial,
   * it is not known whether a silent replica is gone.
   */
  draw(history, quantile, moment, partial) {
    const replicas = history.replicasOf(this.name);
    const gone = replicas.filter((replica) => history.isGone(replica)).length;
    setText(this.count, `${replicas.length - gone} of ${replicas.length} ${replicas.length === 1 ? "replica" : "replicas"}`);
    const frame = history.at(moment ?? Infinity);
    this.list(history, replicas, frame, partial);
    const samples = replicas.map(({ key }) => frame?.samples.get(key)).filter(Boolean);
    if (this.visible) {
      const columns = history.columns(replicas);
      this.charts.forEach((chart) => chart.draw(columns, quantile, history.begin, history.end));
    }
    this.charts.forEach((chart) => {
      chart.show(samples, quantile);
      if (moment !== null) {
        chart.point(moment);
      }
    });
    if (this.details.open && history.end - this.writtenAt >= TABLE_EVERY) {
      this.write(history, replicas);
    }
  }

  point(moment) {
    this.charts.forEach((chart) => chart.point(moment));
  }

  discard() {
    this.charts.forEach((chart) => chart.discard());
  }

  list(history, replicas, frame, partial) {
    const rows = replicas.map((replica, index) => {
      const sample = frame?.samples.get(replica.key);
      const { colour, dash } = lookOf(index);
      const heading = element("span", {}, element("span", { className: `mark colour-${colour} dash-${dash}` }), replica.name);
      const state = history.isGone(replica) ? goneSince(replica, partial) : "answers";
      return [heading, state, ...this.columns.map(([, text]) => (sample ? text(sample) : "–"))];
    });
    fillTable(this.table, ["Replica", "State", ...this.columns.map(([title]) => title)], rows);
  }

  /** Means of each minute; of the quantiles too, as they say how slow most of its seconds were. */
  write(history, replicas) {
    this.writtenAt = history.end;
    const rows = [];
    for (let end = history.end; end > history.frames[0].time; end -= MINUTE) {
      const frames = history.frames.filter(({ time }) => time > end - MINUTE && time <= end);
      for (const { key, name } of replicas) {
        const samples = frames.map((frame) => frame.samples.get(key)).filter(Boolean);
        rows.push([clock(end * 1_000), name, ...(samples.length > 0 ? this.meansOf(samples) : this.columns.map(() => "–"))]);
      }
    }
    fillTable(this.minutes, ["Minute until", "Replica", ...this.columns.map(([title]) => title)], rows);
  }

  meansOf(samples) {
    const mean = {};
    for (const field of Object.keys(samples[0])) {
      mean[field] = samples.reduce((all, sample) => all + finite(sample[field]), 0) / samples.length;
    }
    return this.columns.map(([, text]) => text(mean));
  }
}

function goneSince({ lastSeen, missingSince }, partial) {
  const since = clock((missingSince ?? lastSeen) * 1_000);
  return element("span", { className: "gone" }, partial ? `no sample since ${since}` : `gone since ${since}`);
}

function scrolled(table, label) {
  return element("div", { className: "scroll", role: "region", "aria-label": label, tabIndex: 0 }, table);
}
