// Where access tokens come from: the page, or its backend.

/** What is known of nobody who is signed in. */
const NOBODY = [401, 403];

/** Gives a function that asks a backend for a token of whoever is signed in there; null if nobody is. */
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
