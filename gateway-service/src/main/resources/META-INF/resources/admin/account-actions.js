// Actions of an administrator on an account.

import { ask } from "./dialogs.js";
import { localTime, reasonField, untilField, untilOf, withReason } from "./fields.js";
import { describe, notify } from "./parts.js";
import { request } from "./session.js";

const ROLES = ["user", "admin"];

export async function changeRoles({ id, username }) {
  try {
    const { roles } = await request("GET", `/api/users/${id}/roles`);
    await ask({
      title: `Roles of ${username}`,
      text: "An account that loses a role is signed out everywhere.",
      fields: [{ name: "roles", label: "Roles", type: "choices", options: ROLES, value: roles }],
      submit: "Save",
      run: async (values) => {
        const changed = await request("PUT", `/api/users/${id}/roles`, values);
        notify(`${username} has the roles ${changed.roles.join(", ")}.`);
      },
    });
  } catch (failure) {
    notify(describe(failure));
  }
}

export function setPassword({ id, username }) {
  return ask({
    title: `New password of ${username}`,
    text: "The account is signed out everywhere.",
    fields: [
      { name: "newPassword", label: "New password", type: "password", required: true, maxLength: 1024, autocomplete: "new-password" },
    ],
    submit: "Set password",
    danger: true,
    run: async (values) => {
      await request("PUT", `/api/users/${id}/password`, values);
      notify(`${username} has a new password.`);
    },
  });
}

/** A ban that there is already gets another reason or end. */
export async function ban({ id, username }, known, change) {
  const { reason = "", until } = known ?? (await banOf(id)) ?? {};
  return ask({
    title: `Ban ${username}`,
    text: "The account is signed out everywhere at once, and cannot sign in until the ban ends. The user reads the reason.",
    fields: [{ ...reasonField(), value: reason }, { ...untilField(), value: until && localTime(until) }],
    submit: "Ban the account",
    danger: true,
    run: async (values) => {
      const banned = await request("PUT", `/api/users/${id}/ban`, untilOf(values));
      notify(`${username} is banned.`);
      change?.(banned);
    },
  });
}

async function banOf(id) {
  try {
    return await request("GET", `/api/users/${id}/ban`);
  } catch {
    // There is none; other errors are shown when the form is sent.
    return undefined;
  }
}

export function lift({ id, username }, done) {
  return ask({
    title: `Lift the ban of ${username}?`,
    text: "The user may sign in again.",
    submit: "Lift the ban",
    run: async () => {
      await request("DELETE", `/api/users/${id}/ban`);
      notify(`${username} is not banned any more.`);
      done();
    },
  });
}

export function remove({ id, username }, change) {
  return ask({
    title: `Delete the account ${username}?`,
    text: "For ever. What the user wrote stays, without the name. This cannot be undone.",
    fields: [reasonField("For the audit log; may be left out.")],
    submit: "Delete the account",
    danger: true,
    run: async ({ reason }) => {
      await request("DELETE", withReason(`/api/users/${id}`, reason));
      notify(`${username} is deleted.`);
      change(null);
    },
  });
}
