// The live side: the client library, with the session of this page.

import { HeliographClient } from "/client/index.js";
import { accessToken, renew } from "/api.js";

/** A client that sends what was written before a reload too. */
export function liveClient() {
  let asked = false;
  return new HeliographClient({
    storage: localStorage,
    token: async () => {
      // The first one is new; the client asks again when it wants another.
      if (asked) {
        try {
          await renew();
        } catch (failure) {
          if (failure.status === 400 || failure.status === 401) {
            return null;
          }
          throw failure;
        }
      }
      asked = true;
      return accessToken();
    },
  });
}

/** What is written and not sent, of each room, also over a reload. */
export class Drafts {
  constructor(user) {
    this.prefix = `heliograph:draft:${user}:`;
  }

  of(room) {
    return localStorage.getItem(this.prefix + room) ?? "";
  }

  keep(room, text) {
    if (text === "") {
      localStorage.removeItem(this.prefix + room);
    } else {
      localStorage.setItem(this.prefix + room, text);
    }
  }
}
