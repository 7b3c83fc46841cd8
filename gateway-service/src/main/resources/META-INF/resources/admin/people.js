// Finds one account by a typed name.

import { request } from "./session.js";

export const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function accountField(name, label) {
  return { name, label, required: true, maxLength: 64, autocomplete: "off" };
}

/** Of this id, or of exactly this username. */
export async function findAccount(text) {
  const parameter = ID.test(text) ? `ids=${text}` : `query=${encodeURIComponent(text)}&limit=1`;
  const { items } = await request("GET", `/api/users?${parameter}`);
  const found = items.find(({ id, username }) => id === text || username.toLowerCase() === text.toLowerCase());
  if (!found) {
    throw new Error(`There is no account ${text}.`);
  }
  return found;
}
