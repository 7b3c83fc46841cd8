// The backend of a product: tokens for its users, rooms for them, a word of its own. Node.js 20 or newer, no dependency.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const { HELIOGRAPH_URL = "http://localhost:8080", HELIOGRAPH_CLIENT_ID, HELIOGRAPH_CLIENT_SECRET, PORT = "0" } = process.env;
const client = Buffer.from(`${HELIOGRAPH_CLIENT_ID}:${HELIOGRAPH_CLIENT_SECRET}`).toString("base64");

async function post(path, body, headers) {
  const options = { method: "POST", body, headers, signal: AbortSignal.timeout(30_000) };
  const response = await fetch(HELIOGRAPH_URL + path, options);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
const token = (form) => post("/api/auth/token", new URLSearchParams(form), { authorization: `Basic ${client}` });
const send = (path, body, { access_token }) =>
  post(path, JSON.stringify(body), { "content-type": "application/json", authorization: `Bearer ${access_token}` });

/** A token by which a user of the product uses Heliograph; the first one makes the account. */
const userToken = ({ id, name }) => token({
  grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
  subject_token: id, subject_token_type: "urn:heliograph:token-type:user-id", display_name: name,
});

/** A private room of two or more users, in which the backend speaks too. */
async function room({ title, users }) {
  const own = await token({ grant_type: "client_credentials" }); // Good for expires_in seconds: keep it for that long.
  const [owner, ...others] = (await Promise.all(users.map(userToken))).map((user) => user.user_id);
  const made = await send("/api/rooms", { name: title, visibility: "private", owner, members: [...others, own.user_id] }, own);
  await send(`/api/rooms/${made.id}/messages`, { clientId: "welcome", content: `Welcome to ${title}` }, own);
  return made;
}

/** In a product the user is that of its own session, and only the product itself requests rooms. */
const calls = { "/token": userToken, "/rooms": room };
const server = createServer(async (request, response) => {
  const answer = await text(request).then((body) => calls[request.url](JSON.parse(body))).catch((e) => ({ error: e.message }));
  response.writeHead(answer.error ? 502 : 200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
