// The storage that outlives the page, and the lock between pages.

/**
 * The part of the Web Storage API that the client uses: `localStorage`, or anything like it.
 *
 * @typedef {object} ClientStorage
 * @property {number} length
 * @property {(index: number) => string | null} key
 * @property {(key: string) => string | null} getItem
 * @property {(key: string, value: string) => void} setItem
 * @property {(key: string) => void} removeItem
 */

/**
 * Runs `work` while no other work of this name runs.
 *
 * @typedef {<T>(name: string, work: () => Promise<T>) => Promise<T>} Lock
 */

/**
 * A storage that lasts as long as the program.
 *
 * @returns {ClientStorage}
 */
export function memoryStorage() {
  /** @type {Map<string, string>} */
  const items = new Map();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** @type {Map<string, Promise<unknown>>} */
const queues = new Map();

/**
 * Web Locks, which all tabs of an origin share. Without them, a lock of this program: programs that share a storage
 * then depend on the server, which returns the same tokens again for a refresh token that is repeated within
 * 30 s.
 *
 * @type {Lock}
 */
export function defaultLock(name, work) {
  const locks = globalThis.navigator?.locks;
  if (locks) {
    return /** @type {Promise<any>} */ (locks.request(name, work));
  }
  const turn = (queues.get(name) ?? Promise.resolve()).then(work);
  const done = turn.then(
    () => {},
    () => {},
  );
  queues.set(name, done);
  return turn;
}

/**
 * @param {ClientStorage} storage
 * @param {string} prefix
 * @returns {string[]}
 */
export function keysOf(storage, prefix) {
  const keys = [];
  for (let index = 0; index < storage.length; index++) {
    const key = storage.key(index);
    if (key?.startsWith(prefix)) {
      keys.push(key);
    }
  }
  return keys;
}

/**
 * The stored JSON of this key, or null.
 *
 * @param {ClientStorage} storage
 * @param {string} key
 */
export function readJson(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
