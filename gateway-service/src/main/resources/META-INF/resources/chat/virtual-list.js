// A list of any length, of which the rows near the viewport are in the document.

import { oncePerFrame } from "../ui/dom.js";
import { HeightIndex } from "./height-index.js";
import { heldRows } from "./held-rows.js";

/** Pixels above and below the viewport for which there are rows. */
const OVERSCAN = 400;
/** Closer than this to the end counts as the end. */
const AT_END = 48;

/**
 * What a reader looks at stays where it is, whatever is measured or changes above: the first whole row of the viewport is the
 * anchor. A reader at the end stays there. Rows with the focus or in a selection stay in the document.
 */
export class VirtualList {
  #options;
  #heights;
  /** Rows in the document. @type {Map<number, {node: HTMLElement, y: number}>} */
  #rows = new Map();
  /** @type {WeakMap<Element, number>} */
  #indexes = new WeakMap();
  #anchor = { index: 0, offset: 0 };
  #stuck = true;
  #top = 0;
  #sizes;
  #height = 0;

  /**
   * @param {object} options
   * @param {HTMLElement} options.scroller the scrolling element
   * @param {HTMLElement} options.canvas the first child of the scroller, which holds the rows
   * @param {number} options.estimate pixels of a row
   * @param {(index: number) => HTMLElement} options.row makes a row
   * @param {(index: number) => boolean} [options.isFirm] whether a row is what it will be, and none that waits for its content
   * @param {(index: number, node: HTMLElement) => void} [options.removed] is called when a row left the document
   * @param {(first: number, last: number) => void} [options.shown] is called with the rows of the viewport after each change
   */
  constructor(options) {
    this.#options = options;
    this.#heights = new HeightIndex(options.estimate);
    this.update = oncePerFrame(() => this.flush());
    this.#sizes = new ResizeObserver((entries) => this.#resized(entries));
    this.#sizes.observe(options.scroller);
    options.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  get size() {
    return this.#heights.size;
  }

  get isAtEnd() {
    return this.#stuck;
  }

  /** Rows come or go at the end. */
  resize(size) {
    this.#heights.resize(size);
    this.#rows.forEach((_, index) => index >= size && this.#remove(index));
    this.update();
  }

  /** Begins anew. */
  clear() {
    [...this.#rows.keys()].forEach((index) => this.#remove(index));
    this.#heights.clear();
    this.#anchor = { index: 0, offset: 0 };
    this.#stuck = true;
  }

  destroy() {
    this.clear();
    this.#sizes.disconnect();
  }

  /** The row if it is in the document. */
  node(index) {
    return this.#rows.get(index)?.node;
  }

  /** @param {Element} node a row or something inside of one */
  indexOf(node) {
    for (let at = node; at && at !== this.#options.canvas; at = at.parentElement) {
      const index = this.#indexes.get(at);
      if (index !== undefined) {
        return index;
      }
    }
    return -1;
  }

  /** Makes the row anew; one that changes by itself needs nothing. */
  replace(index) {
    if (this.#rows.has(index)) {
      this.#remove(index);
      this.update();
    }
  }

  scrollToEnd() {
    this.#stuck = true;
    this.#draw();
  }

  /**
   * @param {number} index
   * @param {"start" | "center" | "nearest"} align
   */
  scrollTo(index, align = "center") {
    const { scroller } = this.#options;
    const { clientHeight } = scroller;
    const top = this.#heights.before(index);
    const height = this.#heights.get(index);
    if (align === "nearest") {
      const scrollTop = this.#stuck ? this.#heights.total - clientHeight : this.#position();
      if (top >= scrollTop && top + height <= scrollTop + clientHeight && this.#rows.has(index)) {
        return;
      }
      const offset = top < scrollTop ? -8 : Math.min(0, height - clientHeight + 8);
      this.#anchor = { index, offset };
    } else {
      this.#anchor = { index, offset: align === "start" ? -8 : Math.min(0, (height - clientHeight) / 2) };
    }
    this.#stuck = false;
    this.#draw();
    this.#stuck = scroller.scrollHeight - scroller.scrollTop - clientHeight < 2;
    this.update();
  }

  /** Brings the document up to date now. */
  flush() {
    this.#readPosition();
    this.#draw();
  }

  #draw() {
    const { scroller, canvas, shown } = this.#options;
    if (!scroller.isConnected || this.#heights.size === 0) {
      canvas.style.height = "0px";
      this.#height = 0;
      return;
    }
    const viewport = scroller.clientHeight;
    let first = 0;
    let last = 0;
    // Rows that are smaller than their estimate leave room for more.
    for (let round = 0; round < 4; round++) {
      const top = this.#stuck ? this.#heights.total - viewport : this.#position();
      first = this.#heights.at(top - OVERSCAN);
      last = this.#heights.at(top + viewport + OVERSCAN);
      if (!this.#render(first, last)) {
        break;
      }
    }
    this.#place();
    shown?.(this.#heights.at(this.#top), this.#heights.at(this.#top + viewport));
  }

  /** Where the anchor asks the viewport to be. */
  #position() {
    return Math.max(0, this.#heights.before(this.#anchor.index) + this.#anchor.offset);
  }

  /** Returns whether there are new rows. */
  #render(first, last) {
    const held = heldRows(this.#options.canvas, (node) => this.indexOf(node));
    for (const index of this.#rows.keys()) {
      if ((index < first || index > last) && !held(index)) {
        this.#remove(index);
      }
    }
    const added = [];
    for (let index = first; index <= last; index++) {
      if (!this.#rows.has(index)) {
        const node = this.#options.row(index);
        this.#rows.set(index, { node, y: -1 });
        this.#indexes.set(node, index);
        added.push(index);
      }
    }
    if (added.length === 0) {
      return false;
    }
    this.#insert();
    for (const index of added) {
      const { node } = this.#rows.get(index);
      this.#heights.set(index, node.offsetHeight);
      this.#sizes.observe(node);
    }
    return true;
  }

  /** Rows are in the document in their order, and none that is there is moved. */
  #insert() {
    const { canvas } = this.#options;
    let next = canvas.firstChild;
    for (const index of [...this.#rows.keys()].sort((one, other) => one - other)) {
      const { node } = this.#rows.get(index);
      if (node === next) {
        next = next.nextSibling;
      } else {
        canvas.insertBefore(node, next);
      }
    }
  }

  #place() {
    const { scroller, canvas } = this.#options;
    for (const [index, row] of this.#rows) {
      const y = this.#heights.before(index);
      if (row.y !== y) {
        row.y = y;
        row.node.style.transform = `translateY(${y}px)`;
      }
    }
    const { total } = this.#heights;
    if (this.#height !== total) {
      this.#height = total;
      canvas.style.height = `${total}px`;
    }
    if (this.#stuck) {
      scroller.scrollTop = scroller.scrollHeight;
    } else if (Math.abs(scroller.scrollTop - this.#position()) >= 1) {
      scroller.scrollTop = this.#position();
    }
    this.#top = scroller.scrollTop;
  }

  #remove(index) {
    const { node } = this.#rows.get(index);
    this.#sizes.unobserve(node);
    this.#rows.delete(index);
    this.#indexes.delete(node);
    node.remove();
    this.#options.removed?.(index, node);
  }

  #scrolled() {
    this.#readPosition();
    this.update();
  }

  /** The reader may have scrolled since; scrolling by this list itself is known. */
  #readPosition() {
    const { scroller } = this.#options;
    const { scrollTop } = scroller;
    if (Math.abs(scrollTop - this.#top) < 1) {
      return;
    }
    const left = scroller.scrollHeight - scrollTop - scroller.clientHeight;
    // A move upwards leaves the end, however small; content that grew below a reader at the end does not.
    this.#stuck = scrollTop < this.#top - 1 ? left < 2 : this.#stuck || left < AT_END;
    this.#top = scrollTop;
    if (this.#heights.size > 0) {
      const index = this.#firm(scrollTop, scroller.clientHeight);
      this.#anchor = { index, offset: scrollTop - this.#heights.before(index) };
    }
  }

  /** The first row that is seen whole and whose height is final, or else the first of all. */
  #firm(top, viewport) {
    const first = this.#heights.at(top);
    const last = this.#heights.at(top + viewport);
    const { isFirm = () => true } = this.#options;
    for (let index = first; index <= last; index++) {
      if (this.#heights.before(index) >= top && isFirm(index)) {
        return index;
      }
    }
    return first;
  }

  #resized(entries) {
    this.#readPosition();
    for (const { target } of entries) {
      const index = this.#indexes.get(target);
      if (index !== undefined) {
        this.#heights.set(index, target.offsetHeight);
      }
    }
    if (this.#options.scroller.isConnected && this.#heights.size > 0) {
      this.#place();
    }
    this.update();
  }
}
