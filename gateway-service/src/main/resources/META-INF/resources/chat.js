// The start of the page: the session and the view.

import { HeliographClient } from "/client/index.js";
import { SignIn } from "/chat/sign-in.js";
import { Workspace } from "/chat/workspace.js";

/** Each room is loaded where it is looked at, so that the client keeps only the latest messages. */
const client = new HeliographClient({ storage: localStorage, maxMessages: 500 });
const signIn = new SignIn(document.getElementById("welcome"), client);
/** @type {Workspace | null} */
let workspace = null;

const WHY = {
  signed_out: "You are signed out.",
  closed: undefined,
  refused: "The server ended the connection.",
  protocol_abuse: "The server ended the connection.",
};

async function enter() {
  signIn.hide();
  workspace = new Workspace(client);
  await workspace.open();
}

function leave(reason) {
  workspace?.close();
  workspace = null;
  signIn.show(reason in WHY ? WHY[reason] : "Your session has ended. Sign in again: nothing that you wrote is lost.");
}

client.on("signedIn", () => void enter());
client.on("state", ({ name, reason }) => name === "stopped" && reason !== "closed" && leave(reason));

// A page that is restored from the back-forward cache continues.
addEventListener("pagehide", ({ persisted }) => persisted || client.close());

try {
  if (!(await client.resume())) {
    signIn.show();
  }
} catch (failure) {
  signIn.show(failure.message);
}
