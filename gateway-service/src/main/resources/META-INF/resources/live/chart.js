// One chart: a signal of a service, with a line for each replica.

import { element, setText } from "/ui/dom.js";
import { number } from "./format.js";

const HEIGHT = 132;
const COLOURS = 6;

/** Lines also differ by dashes, for users who cannot distinguish the colours. */
const DASHES = [[], [8, 4], [2, 3]];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** How the replica at a place is drawn, and marked in the table. */
export function lookOf(index) {
  return { colour: index % COLOURS, dash: (index + Math.floor(index / COLOURS)) % DASHES.length };
}

const MINUTES = { hour: "2-digit", minute: "2-digit" };
const SECONDS = { ...MINUTES, second: "2-digit" };

/** Of the marks of an axis, with seconds where they are less than a minute apart. */
function clocks(splits) {
  const format = splits.length > 1 && splits[1] - splits[0] < 60 ? SECONDS : MINUTES;
  return splits.map((seconds) => new Date(seconds * 1_000).toLocaleTimeString("en-GB", format));
}

export class Chart {
  /** Calls `onHover` with the moment under the pointer in seconds, or null once it has left. */
  constructor(signal, onHover) {
    this.signal = signal;
    this.onHover = onHover;
    this.title = element("span", {}, signal.title);
    this.value = element("strong", { className: "value" });
    this.canvas = element("div", { className: "plot", "aria-hidden": "true" });
    this.figure = element("figure", {}, element("figcaption", {}, this.title, " ", this.value), this.canvas);
    this.width = 0;
    this.lines = 0;
    this.begin = 0;
    this.end = 0;
  }

  /** `columns` has the samples of each replica at these times. */
  draw({ times, columns }, quantile, begin, end) {
    setText(this.title, this.signal.title === "Latency" ? `Latency ${quantile}` : this.signal.title);
    this.begin = begin;
    this.end = end;
    const width = this.canvas.clientWidth;
    if (width === 0) {
      return;
    }
    const data = [times, ...columns.map((samples) => samples.map((sample) => sample && this.signal.value(sample, quantile)))];
    if (this.signal.waiting) {
      data.push(times.map((_, at) => this.waiting(columns.map((samples) => samples[at]))));
    }
    if (this.plot && this.lines === data.length) {
      if (this.width !== width) {
        this.plot.setSize({ width, height: HEIGHT });
      }
      this.plot.setData(data);
    } else {
      this.discard();
      this.plot = new uPlot(this.options(width, columns.length), data, this.canvas);
      this.lines = data.length;
      this.plot.over.addEventListener("pointermove", (event) => this.onHover(this.plot.posToVal(event.offsetX, "x")));
      this.plot.over.addEventListener("pointerleave", () => this.onHover(null));
    }
    this.width = width;
  }

  /** Shows the value of a moment; of none of the samples it is a dash. */
  show(samples, quantile) {
    const { signal } = this;
    let text = "–";
    if (samples.length > 0) {
      text = signal.format(signal.combine(samples.map((sample) => signal.value(sample, quantile))));
      if (signal.waiting) {
        text += `, ${number(this.waiting(samples))} waiting`;
      }
    }
    setText(this.value, text);
  }

  waiting(samples) {
    const present = samples.filter(Boolean);
    return present.length === 0 ? null : present.reduce((all, sample) => all + this.signal.waiting(sample), 0);
  }

  /** Puts the cursor to a moment, or away. */
  point(moment) {
    this.plot?.setCursor(moment === null ? { left: -10, top: -10 } : { left: this.plot.valToPos(moment, "x"), top: 0 }, false);
  }

  /** The next drawing begins anew, with the colours of then. */
  discard() {
    this.plot?.destroy();
    this.plot = null;
  }

  options(width, replicas) {
    const axis = { stroke: colour("soft"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    const line = (index) => ({
      stroke: colour(`series-${lookOf(index).colour}`),
      dash: DASHES[lookOf(index).dash],
      width: 1.5,
      points: { show: false },
    });
    const waiting = { stroke: colour("bad"), fill: colour("bad"), width: 1, points: { show: false } };
    return {
      width,
      height: HEIGHT,
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: "moment", setSeries: false }, points: { size: 6 } },
      scales: {
        x: { time: true, range: () => [this.begin, this.end] },
        y: { range: (_, least, most) => [0, Math.max(this.signal.least, (most ?? 0) * 1.1)] },
      },
      axes: [
        { ...axis, size: 24, space: 72, values: (_, splits) => clocks(splits) },
        { ...axis, size: 46, space: 28, values: (_, splits) => splits.map(this.signal.axis ?? number) },
      ],
      series: [{}, ...Array.from({ length: replicas }, (_, index) => line(index)), ...(this.signal.waiting ? [waiting] : [])],
    };
  }
}
