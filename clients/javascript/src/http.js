// Calls over HTTP, which are repeated if that is safe and useful.

import { HeliographError, isTransient } from "./errors.js";
import { Backoff, now, pause } from "./time.js";

/** The timeout of one attempt: longer than the server's timeouts of interactive requests. */
const ATTEMPT_MS = 20_000;
/** The timeout of all attempts. */
const PATIENCE_MS = 60_000;

/**
 * @typedef {object} CallOptions
 * @property {unknown} [body] the value that is sent as JSON
 * @property {string} [token]
 * @property {boolean} [repeatable] whether it may be sent again if it may have taken effect already
 * @property {AbortSignal} [signal]
 * @property {number} [attemptMs]
 * @property {number} [patienceMs]
 */

export class Http {
  #url;
  #fetch;
  #backoff;

  /**
   * @param {string} url
   * @param {typeof fetch} fetch
   * @param {{baseMs?: number, maxMs?: number}} [backoff]
   */
  constructor(url, fetch, backoff) {
    this.#url = url;
    this.#fetch = fetch;
    this.#backoff = backoff;
  }

  /**
   * The response as JSON. Retries transient failures after `Retry-After`, or else with full jitter.
   *
   * @param {string} method
   * @param {string} path
   * @param {CallOptions} [options]
   * @returns {Promise<any>}
   */
  async call(method, path, options = {}) {
    const { repeatable = method !== "POST", signal, patienceMs = PATIENCE_MS } = options;
    const backoff = new Backoff(this.#backoff);
    const end = now() + patienceMs;
    for (;;) {
      try {
        return await this.#once(method, path, options);
      } catch (failure) {
        // A request with a 429 had no effect.
        const { status, retryAfterMs } = /** @type {Partial<HeliographError>} */ (failure);
        const again = isTransient(failure) && (repeatable || status === 429) && !signal?.aborted;
        // A little later than requested, so that clients with the same response do not return together.
        const jitter = backoff.next();
        const wait = retryAfterMs === undefined ? jitter : retryAfterMs + jitter / 4;
        if (!again || now() + wait > end) {
          throw failure;
        }
        await pause(wait, signal);
      }
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {CallOptions} options
   */
  async #once(method, path, { body, token, signal, attemptMs = ATTEMPT_MS }) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    if (token !== undefined) {
      headers.Authorization = `Bearer ${token}`;
    }
    const attempt = new AbortController();
    const abort = () => attempt.abort(signal?.reason);
    const timer = setTimeout(() => attempt.abort(new Error("no answer in time")), attemptMs);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      signal?.throwIfAborted();
      const response = await this.#fetch(this.#url + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: attempt.signal,
      });
      return answer(response, await response.text());
    } catch (failure) {
      if (failure instanceof HeliographError || signal?.aborted) {
        throw failure;
      }
      throw new HeliographError("unreachable", "The server cannot be reached.", { cause: failure });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  }
}

/**
 * @param {Response} response
 * @param {string} text
 */
function answer(response, text) {
  const { status } = response;
  const json = parse(text);
  if (response.ok) {
    return json;
  }
  const { code = `status_${status}`, detail, title, errors, requestId } = json ?? {};
  const retryAfterMs = retryAfter(response.headers);
  throw new HeliographError(code, detail ?? title ?? `Status ${status}`, { status, retryAfterMs, errors, requestId });
}

/** @param {string} text */
function parse(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * In milliseconds. A date is compared with the date of the response, since our clock may be wrong.
 *
 * @param {Headers} headers
 */
function retryAfter(headers) {
  const value = headers.get("Retry-After");
  if (value === null) {
    return undefined;
  }
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.parse(headers.get("Date") ?? "");
  return ms >= 0 ? ms : undefined;
}
