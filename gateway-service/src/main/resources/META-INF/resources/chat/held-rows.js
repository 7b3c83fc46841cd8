// Rows that must stay in the document, because they have the focus or a selection.

import { focused } from "../ui/dom.js";

/** A selection may reach over this many rows and be copied whole. */
const MAX_SELECTED = 1_000;

/**
 * @param {HTMLElement} canvas the parent of the rows
 * @param {(node: Element) => number} indexOf the row of a node, -1 if it is in none
 * @returns {(index: number) => boolean}
 */
export function heldRows(canvas, indexOf) {
  const focus = indexOf(focused(canvas));
  const { from, to } = selected(canvas, indexOf);
  const isBounded = to - from <= MAX_SELECTED;
  return (index) => index === focus || (isBounded && index >= from && index <= to);
}

/** A selection may begin or end outside of the rows. */
function selected(canvas, indexOf) {
  const selection = canvas.getRootNode().getSelection?.() ?? document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) {
    return { from: Infinity, to: -Infinity };
  }
  const range = selection.getRangeAt(0);
  const rowAt = (node) => (canvas.contains(node) ? indexOf(node instanceof Element ? node : node.parentElement) : -1);
  const start = rowAt(range.startContainer);
  const end = rowAt(range.endContainer);
  if (start < 0 && end < 0) {
    return { from: Infinity, to: -Infinity };
  }
  return { from: start < 0 ? end - MAX_SELECTED : start, to: end < 0 ? start + MAX_SELECTED : end };
}
