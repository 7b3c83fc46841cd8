// The signed-in user, and a valid token.

import { HeliographError, isTransient } from "./errors.js";
import { Backoff, later, now, pause } from "./time.js";
import { readJson } from "./storage.js";

/** The part of its lifetime after which a token is renewed. */
const RENEW_AT = 0.8;
/** The server repeats a lost response for 30 s: enough for three attempts. */
const REFRESH_ATTEMPT_MS = 8_000;
const REFRESH_BACKOFF = { baseMs: 500, maxMs: 3_000 };
/** After this time a call fails because there is no token; the timer continues the attempts. */
const PATIENCE_MS = 60_000;
const UNCHANGED_MS = 10_000;

/**
 * `refreshToken` is missing if the host provides tokens. `expiresAt` and `renewAt` are of the clock that is never set.
 *
 * @typedef {object} Tokens
 * @property {string} user
 * @property {string} username
 * @property {string} accessToken
 * @property {string} [refreshToken]
 * @property {number} renewAt
 * @property {number} expiresAt
 */

/**
 * @typedef {object} SessionHost
 * @property {import("./http.js").Http} http
 * @property {import("./storage.js").ClientStorage} storage
 * @property {string} key the storage key of the tokens
 * @property {import("./storage.js").Lock} lock
 * @property {(() => string | null | undefined | Promise<string | null | undefined>) | undefined} getToken
 * @property {() => void} renewed is called when there is another token
 * @property {(reason: string) => void} ended is called when there is none any more
 */

export class Session {
  /** @type {SessionHost} */
  #host;
  /** @type {Tokens | null} */
  #tokens = null;
  /** @type {Promise<void> | null} */
  #renewal = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #kept = false;
  #backoff = new Backoff(REFRESH_BACKOFF);
  /** Whether the host returned the same token at a renewal. */
  #unchanged = false;

  /** @param {SessionHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** The signed-in user. */
  get user() {
    return this.#tokens && { id: this.#tokens.user, username: this.#tokens.username };
  }

  /**
   * @param {string} login
   * @param {string} password
   */
  async signIn(login, password) {
    const pair = await this.#host.http.call("POST", "/api/auth/login", { body: { login, password }, repeatable: true });
    this.#tokens = null;
    this.#accept(ofPair(pair));
    this.#store(pair.expiresIn * 1000);
  }

  /** Restores the stored session, or requests a token from the host. */
  async resume() {
    if (!this.#host.getToken && readJson(this.#host.storage, this.#host.key) === null) {
      return false;
    }
    await this.renew(undefined);
    return this.#tokens !== null;
  }

  async signOut() {
    const refreshToken = this.#tokens?.refreshToken;
    this.end("signed_out");
    if (refreshToken !== undefined) {
      await this.#host.http.call("POST", "/api/auth/logout", { body: { refreshToken }, repeatable: true });
    }
  }

  /** Removes the tokens, in memory and in the storage. */
  end(/** @type {string} */ reason) {
    clearTimeout(this.#timer);
    if (this.#tokens !== null) {
      const stored = this.#read();
      if (stored === null || stored.user === this.#tokens.user) {
        this.#host.storage.removeItem(this.#host.key);
      }
      this.#tokens = null;
      this.#host.ended(reason);
    }
  }

  /** Renews the token in time from now on. */
  keep() {
    this.#kept = true;
    this.#schedule();
  }

  /** Renews the token only when a call needs one. */
  rest() {
    this.#kept = false;
    clearTimeout(this.#timer);
  }

  /** A token that is valid as far as the client knows. */
  async token() {
    if (this.#tokens === null) {
      throw signedOut();
    }
    if (now() >= this.#tokens.expiresAt) {
      await this.renew(this.#tokens.accessToken);
    }
    return this.#tokens.accessToken;
  }

  /**
   * Ensures that the token is another than `spent`. Concurrent calls share one renewal.
   *
   * @param {string | undefined} spent
   */
  renew(spent) {
    if (this.#tokens !== null && this.#tokens.accessToken !== spent) {
      return Promise.resolve();
    }
    this.#renewal ??= this.#renew(spent).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  /**
   * Applies the time of the server, by which the remaining lifetime of a token of the host is known.
   *
   * @param {string} token
   * @param {string} serverTime
   */
  learnTime(token, serverTime) {
    const { exp, iat } = claims(token);
    if (this.#tokens?.accessToken === token && this.#host.getToken && exp !== undefined) {
      const left = exp * 1000 - Date.parse(serverTime);
      const life = iat === undefined ? left : (exp - iat) * 1000;
      this.#tokens.expiresAt = now() + left;
      this.#tokens.renewAt = now() + left - life * (1 - RENEW_AT);
      this.#schedule();
    }
  }

  /** @param {string | undefined} spent */
  async #renew(spent) {
    const end = now() + PATIENCE_MS;
    for (;;) {
      try {
        await this.#host.lock(this.#host.key, () => this.#another(spent));
        this.#backoff.reset();
        this.#host.renewed();
        return;
      } catch (failure) {
        const wait = this.#backoff.next();
        if (failure instanceof HeliographError && !failure.isTransient) {
          this.end(failure.code);
          throw failure;
        }
        if (now() + wait > end) {
          throw failure;
        }
        await pause(wait);
      }
    }
  }

  /**
   * Another tab may have renewed the token. The storage is read right before the request, so that no token is sent
   * that another tab has spent.
   *
   * @param {string | undefined} spent
   */
  async #another(spent) {
    const { getToken, http, storage, key } = this.#host;
    if (getToken) {
      const token = await getToken();
      if (!token) {
        throw signedOut();
      }
      this.#unchanged = token === spent;
      this.#accept(ofToken(token));
      return;
    }
    const stored = this.#read();
    if (stored === null || (this.#tokens !== null && stored.user !== this.#tokens.user)) {
      throw signedOut();
    }
    if (stored.accessToken !== spent && now() < stored.renewAt) {
      this.#accept(stored);
      return;
    }
    const { refreshToken } = stored;
    try {
      const pair = await http.call("POST", "/api/auth/refresh", {
        body: { refreshToken },
        attemptMs: REFRESH_ATTEMPT_MS,
        patienceMs: 0,
      });
      if (storage.getItem(key) === null) {
        // Signed out meanwhile.
        throw signedOut();
      }
      this.#accept(ofPair(pair));
      this.#store(pair.expiresIn * 1000);
    } catch (failure) {
      const other = this.#read();
      if (isTransient(failure) || (other !== null && other.refreshToken !== refreshToken)) {
        throw new HeliographError("unreachable", "The token could not be renewed yet.", { cause: failure });
      }
      throw failure;
    }
  }

  /** @param {Tokens} tokens */
  #accept(tokens) {
    this.#tokens = tokens;
    this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    const tokens = this.#tokens;
    if (this.#kept && tokens !== null) {
      // At most once a second, whatever the lifetime, and rarely if the host has no other token yet.
      const least = this.#unchanged ? UNCHANGED_MS : 1_000;
      this.#timer = later(Math.max(least, tokens.renewAt - now()), () => {
        this.renew(tokens.accessToken).catch((failure) => {
          if (this.#tokens === tokens && isTransient(failure)) {
            this.#schedule();
          }
        });
      });
    }
  }

  /** @param {number} life */
  #store(life) {
    const { user, username, accessToken, refreshToken } = /** @type {Tokens} */ (this.#tokens);
    const stored = { user, username, accessToken, refreshToken, at: Date.now(), life };
    this.#host.storage.setItem(this.#host.key, JSON.stringify(stored));
  }

  /**
   * The wall clock, the only shared one, determines the age. If it was set meanwhile, the token is assumed to be
   * spent.
   *
   * @returns {Tokens | null}
   */
  #read() {
    const stored = readJson(this.#host.storage, this.#host.key);
    if (typeof stored?.refreshToken !== "string") {
      return null;
    }
    const age = Date.now() - stored.at;
    const left = age >= 0 ? stored.life - age : 0;
    return { ...stored, expiresAt: now() + left, renewAt: now() + left - stored.life * (1 - RENEW_AT) };
  }
}

function signedOut() {
  return new HeliographError("signed_out", "Nobody is signed in.");
}

/** @param {{accessToken: string, refreshToken: string, expiresIn: number}} pair */
function ofPair({ accessToken, refreshToken, expiresIn }) {
  return { ...ofLife(accessToken, expiresIn * 1000), refreshToken };
}

/**
 * The remaining lifetime is not known before the server has sent its time; a new token has all of it.
 *
 * @param {string} token
 */
function ofToken(token) {
  const { exp, iat } = claims(token);
  return ofLife(token, exp !== undefined && iat !== undefined ? (exp - iat) * 1000 : Infinity);
}

/**
 * @param {string} accessToken
 * @param {number} life
 * @returns {Tokens}
 */
function ofLife(accessToken, life) {
  const { sub = "", upn = "" } = claims(accessToken);
  return { user: sub, username: upn, accessToken, renewAt: now() + life * RENEW_AT, expiresAt: now() + life };
}

/**
 * The claims of a JSON Web Token, whose signature only the server verifies. Empty for any other token.
 *
 * @param {string} token
 * @returns {{sub?: string, upn?: string, exp?: number, iat?: number}}
 */
function claims(token) {
  try {
    const payload = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}
