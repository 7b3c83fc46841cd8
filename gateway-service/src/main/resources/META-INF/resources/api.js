// The REST API: the session, and calls that renew an expired token.

const KEY = "heliograph.refresh";
/** Milliseconds: a long request begins with a token that is valid for at least this time. */
const RENEW_BEFORE = 60_000;

export class Refused extends Error {
  /** @param retryAfter `Retry-After` in milliseconds, if the response has it */
  constructor(status, problem, retryAfter) {
    const fields = (problem.errors ?? []).map(({ field, message }) => `${field} ${message}`).join("; ");
    super(fields || problem.detail || problem.title || `Status ${status}`);
    this.status = status;
    this.code = problem.code;
    this.retryAfter = retryAfter;
  }
}

let token = null;
let expiresAt = 0;
let renewal = null;

export function accessToken() {
  return token;
}

/** Milliseconds for which the token is still good. */
export function tokenLife() {
  return expiresAt - Date.now();
}

export function mayResume() {
  return sessionStorage.getItem(KEY) !== null;
}

export async function register(account) {
  return send("POST", "/api/auth/register", account, null);
}

export async function signIn(login, password) {
  accept(await send("POST", "/api/auth/login", { login, password }, null));
}

export async function signOut() {
  const refreshToken = sessionStorage.getItem(KEY);
  forget();
  await send("POST", "/api/auth/logout", { refreshToken }, null).catch(() => {});
}

/** Gets a new token; calls at the same time share one, because a refresh token is good once. */
export function renew() {
  renewal ??= (async () => {
    try {
      accept(await send("POST", "/api/auth/refresh", { refreshToken: sessionStorage.getItem(KEY) }, null));
    } catch (failure) {
      if (failure.status === 400 || failure.status === 401) {
        forget();
      }
      throw failure;
    } finally {
      renewal = null;
    }
  })();
  return renewal;
}

export function call(method, path, body) {
  return renewing(() => send(method, path, body, token));
}

/** Sends a form with files. `onProgress` is called with the bytes sent so far and all of them. */
export async function upload(path, form, { signal, onProgress }) {
  if (tokenLife() < RENEW_BEFORE) {
    await renew();
  }
  return renewing(() => sendForm(path, form, signal, onProgress));
}

/** Downloads a file with the name in the response. */
export function download(path) {
  return renewing(async () => {
    const response = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) {
      throw refusal(response.status, await response.text(), response.headers.get("Retry-After"));
    }
    const [, name] = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition")) ?? [];
    return { name: name ?? "download", blob: await response.blob() };
  });
}

/** Once more with a new token if this one has run out. */
async function renewing(request) {
  try {
    return await request();
  } catch (failure) {
    if (failure.status !== 401) {
      throw failure;
    }
    await renew();
    return request();
  }
}

/** By XMLHttpRequest, as `fetch` does not say how much it has sent. */
function sendForm(path, form, signal, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded, total));
    request.addEventListener("load", () => {
      if (request.status < 300) {
        resolve(parse(request.responseText));
      } else {
        reject(refusal(request.status, request.responseText, request.getResponseHeader("Retry-After")));
      }
    });
    // A service that refuses a large body may close the connection before it is sent.
    request.addEventListener("error", () => reject(new Error("The files could not be sent. They may be too large.")));
    request.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

async function send(method, path, body, bearer) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (bearer) {
    headers.Authorization = `Bearer ${bearer}`;
  }
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) {
    throw refusal(response.status, text, response.headers.get("Retry-After"));
  }
  return parse(text);
}

function refusal(status, text, retryAfter) {
  return new Refused(status, parse(text) ?? {}, retryAfter ? Number(retryAfter) * 1000 : undefined);
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function accept(pair) {
  token = pair.accessToken;
  expiresAt = Date.now() + pair.expiresIn * 1000;
  sessionStorage.setItem(KEY, pair.refreshToken);
}

function forget() {
  token = null;
  expiresAt = 0;
  sessionStorage.removeItem(KEY);
}
