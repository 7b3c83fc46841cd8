// Calls of the API. A caller whose session has ended gets the sign-in form.

import { accessToken, call } from "/api.js";

const PAGE = 50;

/** Dispatched on the document when not even a new token is accepted. */
export const SIGNED_OUT = "heliograph-signed-out";

export async function request(method, path, body) {
  try {
    return await call(method, path, body);
  } catch (failure) {
    // A session that cannot be renewed is forgotten.
    if (accessToken() === null) {
      document.dispatchEvent(new CustomEvent(SIGNED_OUT));
    }
    throw failure;
  }
}

/** Returns the page of a list after a cursor. */
export function pages(path, parameters = {}) {
  return (after) => {
    const given = Object.entries({ limit: PAGE, ...parameters, after }).filter(([, value]) => (value ?? "") !== "");
    return request("GET", `${path}?${new URLSearchParams(given)}`);
  };
}
