// The page: signing in, and the sections.

import { accessToken, mayResume, renew, signOut } from "/api.js";
import { $, element } from "/ui/dom.js";
import { SignInForm } from "/ui/sign-in-form.js";
import { accounts } from "./accounts.js";
import { jobs } from "./jobs.js";
import { audit } from "./audit.js";
import { describe } from "./parts.js";
import { rooms } from "./rooms.js";
import { serviceAccounts } from "./service-accounts.js";
import { request, SIGNED_OUT } from "./session.js";
import { webhooks } from "./webhooks.js";

/** Each returns `{tools, body, start}`: nodes beside and below its title, and a function called when it is shown. */
const SECTIONS = new Map([
  ["accounts", ["Accounts", accounts]],
  ["rooms", ["Rooms", rooms]],
  ["jobs", ["Jobs", jobs]],
  ["webhooks", ["Webhooks", webhooks]],
  ["service-accounts", ["Service accounts", serviceAccounts]],
  ["audit", ["Audit log", audit]],
]);

const signInForm = new SignInForm($("login"), "Administration", enter, describe);

function showLogin(hint) {
  document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
  $("console").hidden = true;
  $("content").replaceChildren();
  document.title = "Administration · Heliograph";
  signInForm.show(hint);
}

/** The server decides whether the user is an administrator. */
async function enter() {
  try {
    await request("GET", "/api/service-accounts?limit=1");
  } catch (failure) {
    if (failure.status === 403) {
      await leave("This page is for administrators. Sign in as one.");
      return;
    }
    if (accessToken() === null) {
      return;
    }
  }
  signInForm.hide();
  $("console").hidden = false;
  showSection();
}

async function leave(hint) {
  await signOut();
  showLogin(hint);
}

function showSection(focus = false) {
  if ($("console").hidden) {
    return;
  }
  const wanted = location.hash.slice(1);
  const id = SECTIONS.has(wanted) ? wanted : "accounts";
  const [title, create] = SECTIONS.get(id);
  const { tools, body, start } = create();
  const heading = element("h2", { tabIndex: -1 }, title);
  $("content").replaceChildren(element("div", { className: "head" }, heading, ...tools), ...body);
  document.title = `${title} · Administration · Heliograph`;
  $("sections").querySelectorAll("a").forEach((link) => {
    if (link.hash === `#${id}`) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      link.removeAttribute("aria-current");
    }
  });
  if (focus) {
    heading.focus();
  }
  start();
}

$("sections").append(
  element(
    "ul",
    { role: "list" },
    ...[...SECTIONS].map(([id, [title]]) => element("li", {}, element("a", { href: `#${id}` }, title))),
  ),
);
$("sign-out").addEventListener("click", () => leave("You are signed out."));
addEventListener("hashchange", () => showSection(true));
document.addEventListener(SIGNED_OUT, () => showLogin("Your session has ended. Sign in again."));

if (mayResume()) {
  renew()
    .then(enter)
    .catch((failure) => showLogin(failure.status ? undefined : describe(failure)));
} else {
  showLogin();
}
