// The samples of the last ten minutes.

/** In seconds. */
export const SPAN = 600;

const LEAST_SPAN = 60;

/** Ten minutes of samples at the shortest interval, half a second. */
const MOST_FRAMES = 1_200;

/** In seconds: samples closer than this are the same one, live and from the history of the gateway. */
const APART = 0.4;

/** In seconds: no line is drawn across more. Longer than two samples of the page's interval are apart. */
const GAP = 3;

/**
 * In seconds: a replica that was not in the newest sample is gone. The gateway shows the last sample of one for some
 * seconds, so that a sample may be lost.
 */
const GONE_AFTER = 0.9;

export class History {
  constructor() {
    /** `{ time, samples }` in the order of time; the samples by the key of the replica. */
    this.frames = [];
    /** By key: `{ key, service, name, lastSeen, missingSince }`, times in seconds. */
    this.replicas = new Map();
  }

  /** The time of the newest frame in seconds since 1970; null if there is none. */
  get end() {
    return this.frames.length === 0 ? null : this.frames.at(-1).time;
  }

  /** The beginning of charts: ten minutes ago, or later if there are fewer samples. */
  get begin() {
    const first = this.frames[0]?.time ?? this.end;
    return Math.max(this.end - SPAN, Math.min(first, this.end - LEAST_SPAN));
  }

  /** Adds a sample, also an earlier one; a duplicate is ignored. */
  add({ time, services }) {
    const at = Date.parse(time) / 1_000;
    let index = this.frames.length;
    while (index > 0 && this.frames[index - 1].time > at) {
      index -= 1;
    }
    const neighbours = [this.frames[index - 1], this.frames[index]];
    if (neighbours.some((frame) => frame && Math.abs(frame.time - at) < APART)) {
      return;
    }
    const samples = new Map(services.map((sample) => [`${sample.name}/${sample.replica}`, sample]));
    this.frames.splice(index, 0, { time: at, samples });
    services.forEach((sample) => this.see(sample, at));
    this.forget();
  }

  /** Adds the missing replicas of the stream, with the times of their last samples. */
  miss(missing) {
    for (const { name, replica, since } of missing) {
      this.see({ name, replica }, Date.parse(since) / 1_000).missingSince = Date.parse(since) / 1_000;
    }
  }

  /** The frame at a moment in seconds, or the last one before it. */
  at(moment) {
    return this.frames.findLast((frame) => frame.time <= moment) ?? null;
  }

  isGone(replica) {
    return this.end - replica.lastSeen > GONE_AFTER;
  }

  /**
   * The samples of these replicas as columns: `{ times, columns }`, where a replica has null while it was away, and all
   * have where there are no samples.
   */
  columns(replicas) {
    const times = [];
    const columns = replicas.map(() => []);
    const put = (time, sampleOf) => {
      times.push(time);
      replicas.forEach(({ key }, index) => columns[index].push(sampleOf(key) ?? null));
    };
    let last = null;
    for (const { time, samples } of this.frames) {
      if (last !== null && time - last > GAP) {
        put(last + 0.001, () => null);
      }
      put(time, (key) => samples.get(key));
      last = time;
    }
    return { times, columns };
  }

  /** Those of a service in the order of their names. */
  replicasOf(service) {
    return [...this.replicas.values()]
      .filter((replica) => replica.service === service)
      .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  }

  see({ name, replica }, at) {
    const key = `${name}/${replica}`;
    const known = this.replicas.get(key) ?? { key, service: name, name: replica, lastSeen: at, missingSince: null };
    this.replicas.set(key, known);
    if (at > known.lastSeen) {
      known.lastSeen = at;
      known.missingSince = null;
    }
    return known;
  }

  forget() {
    const oldest = this.end - SPAN;
    const kept = this.frames.findIndex((frame) => frame.time >= oldest);
    this.frames.splice(0, Math.max(kept, this.frames.length - MOST_FRAMES));
    for (const replica of [...this.replicas.values()]) {
      if (replica.lastSeen < oldest) {
        this.replicas.delete(replica.key);
      }
    }
  }
}
