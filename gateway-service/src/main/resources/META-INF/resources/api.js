// The REST side: who is signed in, and calls that renew the token when it has run out.

const KEY = "heliograph.refresh";

export class Refused extends Error {
  constructor(status, problem) {
    const fields = (problem.errors ?? []).map(({ field, message }) => `${field} ${message}`).join("; ");
    super(fields || problem.detail || problem.title || `Status ${status}`);
    this.status = status;
    this.code = problem.code;
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

export async function call(method, path, body) {
  try {
    return await send(method, path, body, token);
  } catch (failure) {
    if (failure.status !== 401) {
      throw failure;
    }
    await renew();
    return send(method, path, body, token);
  }
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
  const answer = parse(text);
  if (!response.ok) {
    throw new Refused(response.status, answer ?? {});
  }
  return answer;
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
