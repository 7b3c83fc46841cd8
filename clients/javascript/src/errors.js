// Errors, and whether they are transient.

/** Codes of requests that had no effect, or may have had one, and may succeed if they are repeated. */
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

/**
 * A rejection by the server, or a server that cannot be reached (`unreachable`). `code` is one of docs/errors.md and
 * docs/protocol.md.
 */
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
    /** `Retry-After` in milliseconds, if there is one. */
    this.retryAfterMs = retryAfterMs;
    /** The invalid fields. */
    this.errors = errors ?? [];
    this.requestId = requestId;
  }

  /** Whether the same request may succeed later. */
  get isTransient() {
    return TRANSIENT.has(this.code) || this.status === 429 || (this.status ?? 0) >= 502;
  }
}

/**
 * Whether a failure is transient. One that is not of the server, such as a defect, is not.
 *
 * @param {unknown} failure
 */
export function isTransient(failure) {
  return failure instanceof HeliographError && failure.isTransient;
}

/**
 * The error of an `error` frame.
 *
 * @param {{code: string, message: string}} frame
 */
export function ofFrame({ code, message }) {
  return new HeliographError(code, message);
}
