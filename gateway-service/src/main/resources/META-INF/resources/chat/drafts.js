// The unsent text of each room, also after a reload and in other tabs.

export class Drafts {
  #storage;
  #prefix;
  /** Where the storage is full or forbidden, a draft lasts as long as the page. */
  #unstored = new Map();

  /**
   * @param {import("/client/index.js").ClientStorage} storage
   * @param {string} user
   */
  constructor(storage, user) {
    this.#storage = storage;
    this.#prefix = `heliograph:draft:${user}:`;
  }

  /** Under this key, which is the id of a room, or begins with it. */
  of(key) {
    return this.#unstored.get(key) ?? this.#storage.getItem(this.#prefix + key) ?? "";
  }

  keep(key, text) {
    this.#unstored.delete(key);
    try {
      if (text === "") {
        this.#storage.removeItem(this.#prefix + key);
      } else {
        this.#storage.setItem(this.#prefix + key, text);
      }
    } catch {
      this.#unstored.set(key, text);
    }
  }

  /** Calls back when another tab has changed this draft. Returns a function that ends that. */
  watch(key, changed) {
    const listener = ({ key: stored, newValue }) => stored === this.#prefix + key && changed(newValue ?? "");
    globalThis.addEventListener("storage", listener);
    return () => globalThis.removeEventListener("storage", listener);
  }
}
