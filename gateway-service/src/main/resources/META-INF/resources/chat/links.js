// Links in messages. Text of users is never interpreted as HTML.

import { element } from "../ui/dom.js";

const LINK = /https?:\/\/[^\s<>"]+/gi;
/** Punctuation after a link in a sentence. */
const TRAILING = /[.,:;!?'’”*_]+$/;

/** The text as nodes, with anchors for the addresses in it. */
export function linkified(text) {
  const nodes = [];
  let end = 0;
  for (const { index, url } of matches(text)) {
    nodes.push(text.slice(end, index), anchor(url, {}, url));
    end = index + url.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

/** The addresses in a text, each once. */
export function linksIn(text) {
  return [...new Set(matches(text).map(({ url }) => url))];
}

export function anchor(href, attributes, ...children) {
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes }, ...children);
}

function matches(text) {
  if (!text.includes("://")) {
    return [];
  }
  return [...text.matchAll(LINK)]
    .map((match) => ({ index: match.index, url: trimmed(match[0]) }))
    .filter(({ url }) => URL.canParse(url));
}

/** Without punctuation, and without a bracket that the sentence opened. */
function trimmed(link) {
  const url = link.replace(TRAILING, "");
  const unopened = url.endsWith(")") && url.split(")").length > url.split("(").length;
  return unopened ? trimmed(url.slice(0, -1)) : url;
}
