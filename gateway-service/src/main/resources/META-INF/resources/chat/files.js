// Files that go up or come down, which need the token but are no JSON.

import { HeliographError } from "/client/index.js";

/**
 * Sends a form with files. `onProgress` is called with the bytes sent so far and all of them. By XMLHttpRequest, as `fetch`
 * does not say how much it has sent.
 *
 * @param {import("/client/index.js").HeliographClient} client
 */
export async function upload(client, path, form, { signal, onProgress }) {
  const token = await client.accessToken();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded, total));
    request.addEventListener("load", () => {
      if (request.status < 300) {
        resolve(JSON.parse(request.responseText));
      } else {
        reject(refusal(request.status, request.responseText));
      }
    });
    // A service that refuses a large body may close the connection before it is sent.
    request.addEventListener("error", () => reject(new Error("The files could not be sent. They may be too large.")));
    request.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** Downloads a file with the name in the response. */
export async function download(client, path) {
  const response = await fetch(path, { headers: { Authorization: `Bearer ${await client.accessToken()}` } });
  if (!response.ok) {
    throw refusal(response.status, await response.text());
  }
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition")) ?? [];
  return { name: name ?? "download", blob: await response.blob() };
}

function refusal(status, text) {
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // The status has to do.
  }
  const { code = `status_${status}`, detail, title, errors = [] } = problem;
  const fields = errors.map(({ field, message }) => `${field} ${message}`).join("; ");
  return new HeliographError(code, fields || detail || title || `Status ${status}`, { status, errors });
}
