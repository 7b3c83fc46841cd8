// Where access tokens come from: the page, or its backend.

/** The state without a signed-in user. */
const NOBODY = [401, 403];

/** Returns a function that requests a token of the signed-in user from a backend; null if there is none. */
export function tokenFrom(url) {
  return async () => {
    const response = await fetch(url, { method: "POST", headers: { Accept: "application/json" } });
    if (NOBODY.includes(response.status)) {
      return null;
    }
    if (!response.ok) {
      throw new Error(`${url}: status ${response.status}`);
    }
    const { access_token: token } = await response.json();
    return token ?? null;
  };
}
