// What went wrong, and whether waiting helps.

/** Codes of requests that were not taken, or of which nobody knows, and that may succeed when they are repeated. */
const TRANSIENT = new Set([
  "rate_limited",
  "draining",
  "overloaded",
  "store_unavailable",
  "keys_unavailable",
  "users_unavailable",
  "too_many_at_once",
  "too_many_in_flight",
  "too_many_sockets",
  "sockets_exhausted",
  "upstream_unreachable",
  "upstream_failed",
  "upstream_unavailable",
  "upstream_timeout",
  "batch_timeout",
  "request_timeout",
  "unauthenticated",
  "internal_error",
  "unreachable",
]);

/** A refusal by the server, or the loss of it (`unreachable`). `code` is one of docs/errors.md and docs/protocol.md. */
export class HeliographError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{
   *   status?: number,
   *   retryAfterMs?: number,
   *   errors?: {field: string, message: string}[],
   *   requestId?: string,
   *   cause?: unknown,
   * }} [details]
   */
  constructor(code, message, { status, retryAfterMs, errors, requestId, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "HeliographError";
    /** Stable; programs branch on it. */
    this.code = code;
    /** The status of the HTTP response, if there was one. */
    this.status = status;
    /** Milliseconds after which the server wants to be asked again, if it says so. */
    this.retryAfterMs = retryAfterMs;
    /** The fields that were refused. */
    this.errors = errors ?? [];
    this.requestId = requestId;
  }

  /** Whether the same request may succeed later. */
  get isTransient() {
    return TRANSIENT.has(this.code) || this.status === 429 || (this.status ?? 0) >= 502;
  }
}

/**
 * Whether a failure may pass by itself. One that is not of the server, such as a defect, does not.
 *
 * @param {unknown} failure
 */
export function isTransient(failure) {
  return failure instanceof HeliographError && failure.isTransient;
}

/**
 * Of an `error` frame.
 *
 * @param {{code: string, message: string}} frame
 */
export function ofFrame({ code, message }) {
  return new HeliographError(code, message);
}
