// Typed events.

/**
 * @template {Record<string, any>} Events the type of the event of each name
 */
export class Emitter {
  /** @type {Map<keyof Events, Set<(event: any) => void>>} */
  #listeners = new Map();

  /**
   * Calls `listener` with each event of this name. Returns a function that ends that.
   *
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {(event: Events[Name]) => void} listener
   * @returns {() => void}
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /**
   * The next event of this name.
   *
   * @template {keyof Events} Name
   * @param {Name} name
   * @returns {Promise<Events[Name]>}
   */
  once(name) {
    return new Promise((resolve) => {
      const off = this.on(name, (event) => {
        off();
        resolve(event);
      });
    });
  }

  /**
   * If a listener throws, the others still get the event and the state of the client stays intact; the error is
   * reported as uncaught.
   *
   * @protected
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {Events[Name]} event
   */
  emit(name, event) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(event);
      } catch (failure) {
        queueMicrotask(() => {
          throw failure;
        });
      }
    }
  }
}
