// Time without the wall clock, which may be wrong, and may be set.

/** Milliseconds of a clock that is never set. */
export function now() {
  return performance.now();
}

/** The longest delay of a timer. */
const LONGEST = 2 ** 31 - 1;

/**
 * @param {number} ms
 * @param {() => void} action
 */
export function later(ms, action) {
  return setTimeout(action, Math.min(Math.max(0, ms), LONGEST));
}

/**
 * Resolves after this time, or rejects as soon as the signal is aborted.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = later(ms, () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    if (signal?.aborted) {
      abort();
    }
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/**
 * Exponential backoff with full jitter: a random time between 0 and a bound that doubles with each failure, so that
 * clients that fail together do not retry together.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export class Backoff {
  #failures = 0;
  #base;
  #max;

  /**
   * @param {{baseMs?: number, maxMs?: number}} [options] the bound of the first pause, and of all
   */
  constructor({ baseMs = 500, maxMs = 30_000 } = {}) {
    this.#base = baseMs;
    this.#max = maxMs;
  }

  /** The next pause in milliseconds. */
  next() {
    return Math.random() * Math.min(this.#max, this.#base * 2 ** this.#failures++);
  }

  /** Begins at this many failures at least: for a server that is known to need time. */
  atLeast(/** @type {number} */ failures) {
    this.#failures = Math.max(this.#failures, failures);
  }

  reset() {
    this.#failures = 0;
  }
}
