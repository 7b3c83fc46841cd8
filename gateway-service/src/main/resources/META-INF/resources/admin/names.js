// The names of people whom a list has by their ids.

import { element } from "/ui/dom.js";
import { code } from "./parts.js";
import { request } from "./session.js";

const MAX_KNOWN = 2_000;
const known = new Map();

/** Wraps `load`: looks up the names of the users in `idsOf` each item, all of a page at once. */
export function withNames(load, idsOf) {
  return async (after) => {
    const page = await load(after);
    await learn(page.items.flatMap(idsOf));
    return page;
  };
}

async function learn(ids) {
  const unknown = [...new Set(ids)].filter((id) => id && !known.has(id));
  if (unknown.length === 0) {
    return;
  }
  if (known.size + unknown.length > MAX_KNOWN) {
    known.clear();
  }
  try {
    const { items } = await request("GET", `/api/users?ids=${unknown.join(",")}`);
    items.forEach(({ id, username }) => known.set(id, username));
  } catch {
    // Then the ids are shown.
  }
}

/** The name of one, or the id of an account that is gone. */
export function nameOf(id) {
  return known.has(id) ? element("span", { title: id }, known.get(id)) : code(id);
}
