// A product with a chat in its page: <heliograph-chat> and a backend that gives its users tokens. Node.js 20 or newer.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";

const { HELIOGRAPH_URL = "http://localhost:8080", HELIOGRAPH_CLIENT_ID, HELIOGRAPH_CLIENT_SECRET, PORT = "3000" } = process.env;
/** Where browsers find Heliograph, if that is another address. */
const { HELIOGRAPH_PUBLIC_URL = HELIOGRAPH_URL } = process.env;
const client = Buffer.from(`${HELIOGRAPH_CLIENT_ID}:${HELIOGRAPH_CLIENT_SECRET}`).toString("base64");

/** The users of the product. In yours the user is that of the session, without a choice. */
const USERS = { marie: "Marie Curie", pierre: "Pierre Curie" };

async function post(path, body, headers) {
  const response = await fetch(HELIOGRAPH_URL + path, { method: "POST", body, headers, signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
const token = (form) => post("/api/auth/token", new URLSearchParams(form), { authorization: `Basic ${client}` });
const userToken = (id) => token({
  grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
  subject_token: id, subject_token_type: "urn:heliograph:token-type:user-id", display_name: USERS[id],
});

/** The room of the two; yours is kept with what it belongs to, such as an order. */
async function makeRoom() {
  const own = await token({ grant_type: "client_credentials" });
  const [owner, ...members] = (await Promise.all(Object.keys(USERS).map(userToken))).map((user) => user.user_id);
  const headers = { "content-type": "application/json", authorization: `Bearer ${own.access_token}` };
  return post("/api/rooms", JSON.stringify({ name: "Order 17", visibility: "private", owner, members }), headers);
}
const room = await makeRoom();

/** Allows scripts and connections of Heliograph only, and no other page to frame this one. */
const { origin, host, protocol } = new URL(HELIOGRAPH_PUBLIC_URL);
const socket = `${protocol === "https:" ? "wss" : "ws"}://${host}`;
const POLICY = [
  "default-src 'none'", `script-src 'self' ${origin}`, `connect-src 'self' ${origin} ${socket}`, "style-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join("; ");
const FILES = { "/page.css": "text/css", "/page.js": "text/javascript" };

createServer(async (request, response) => {
  const send = (status, type, body) => response.writeHead(status, { "content-type": type }).end(body);
  try {
    const [, user, action] = request.url.split("/");
    if (request.method === "POST" && Object.hasOwn(USERS, user) && action === "token") {
      send(200, "application/json", JSON.stringify(await userToken(user)));
    } else if (FILES[request.url]) {
      send(200, FILES[request.url], await readFile(new URL(`.${request.url}`, import.meta.url)));
    } else if (Object.hasOwn(USERS, user) && !action) {
      const page = await readFile(new URL("page.html", import.meta.url), "utf8");
      const values = { origin, user, name: USERS[user], room: room.id };
      response.setHeader("content-security-policy", POLICY);
      send(200, "text/html; charset=utf-8", page.replace(/\{(\w+)\}/g, (_, name) => values[name]));
    } else {
      send(404, "text/plain", "Try /marie or /pierre\n");
    }
  } catch (failure) {
    console.error(failure);
    send(502, "text/plain", "Heliograph does not answer as it should.\n");
  }
}).listen(PORT, "localhost", () => console.log(`http://localhost:${PORT}/marie and http://localhost:${PORT}/pierre`));
