// One stop of the Tab key for a group of which the arrow keys reach each.

/**
 * Makes the elements that match `selector` inside of `group` one stop.
 *
 * @param {HTMLElement} group
 * @param {string} selector
 * @param {{columns?: () => number}} [options] for a grid: how many stand beside each other
 */
export function roving(group, selector, { columns = () => 1 } = {}) {
  const all = () => [...group.querySelectorAll(selector)].filter((node) => node.checkVisibility());
  const stop = (nodes, chosen) => nodes.forEach((node) => (node.tabIndex = node === chosen ? 0 : -1));

  group.addEventListener("focusin", ({ target }) => {
    const node = target.closest(selector);
    if (node) {
      stop(all(), node);
    }
  });
  group.addEventListener("keydown", (event) => {
    const nodes = all();
    const at = nodes.indexOf(event.target.closest(selector));
    const wide = columns() > 1;
    const steps = {
      ArrowDown: at + columns(),
      ArrowUp: at - columns(),
      ArrowRight: wide ? at + 1 : at,
      ArrowLeft: wide ? at - 1 : at,
      Home: 0,
      End: nodes.length - 1,
    };
    const next = steps[event.key];
    if (at >= 0 && next !== undefined && next !== at && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      nodes[Math.min(nodes.length - 1, Math.max(0, next))].focus();
    }
  });
  return {
    /** To be called when elements came or went. */
    refresh() {
      const nodes = all();
      stop(nodes, nodes.find((node) => node.tabIndex === 0) ?? nodes[0]);
    },
  };
}
