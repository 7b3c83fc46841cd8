// Links in messages, and previews of the pages that they lead to.

import { call } from "/api.js";
import { element, keepingEnd } from "/dom.js";

const LINK = /https?:\/\/[^\s<>"]+/gi;
/** What follows a link in a sentence. */
const TRAILING = /[.,:;!?'’”*_]+$/;
const PER_MESSAGE = 3;
const AT_ONCE = 4;
const MAX_KNOWN = 500;
const RETRY_AFTER = 30_000;

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

function matches(text) {
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

function anchor(href, attributes, ...children) {
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes }, ...children);
}

/**
 * Asks for the preview of a link once its message is seen, and once for each address. Images are of other sites, which would
 * learn who reads: the page's policy forbids them, and none are shown.
 */
export class LinkPreviews {
  /** @param list the scrolled list of messages */
  constructor(list) {
    this.list = list;
    /** By address: a promise, and the preview once it is there; null if there is none. */
    this.known = new Map();
    this.waiting = [];
    this.asking = 0;
    this.urls = new WeakMap();
    this.observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.seen(entry)), { root: list });
  }

  /** Where the previews of this text are to appear; null if it has no links. */
  of(text) {
    const urls = [...new Set(matches(text).map(({ url }) => url))].slice(0, PER_MESSAGE);
    if (urls.length === 0) {
      return null;
    }
    // Read out when one comes to them; they are no news.
    const place = element("div", { className: "previews", "aria-live": "off" });
    place.append(...urls.map((url) => card(url, this.known.get(url)?.preview)).filter(Boolean));
    if (urls.some((url) => this.known.get(url)?.preview === undefined)) {
      this.urls.set(place, urls);
      this.observer.observe(place);
    }
    return place;
  }

  /** To be called before the messages are drawn anew. */
  reset() {
    this.observer.disconnect();
  }

  async seen({ isIntersecting, target }) {
    if (!isIntersecting) {
      return;
    }
    this.observer.unobserve(target);
    const urls = this.urls.get(target);
    const previews = await Promise.all(urls.map((url) => this.ask(url)));
    const cards = urls.map((url, i) => card(url, previews[i])).filter(Boolean);
    keepingEnd(this.list, () => target.replaceChildren(...cards));
  }

  ask(url) {
    const known = this.known.get(url);
    if (known) {
      return known.answer;
    }
    if (this.known.size >= MAX_KNOWN) {
      this.known.delete(this.known.keys().next().value);
    }
    const asked = { preview: undefined };
    asked.answer = this.turn(() => call("GET", `/api/previews?url=${encodeURIComponent(url)}`)).then(
      (preview) => (asked.preview = preview),
      (failure) => this.failed(url, asked, failure),
    );
    this.known.set(url, asked);
    return asked.answer;
  }

  /** What cannot be previewed is not asked for again; what could not be answered now is, when its message is drawn again. */
  failed(url, asked, failure) {
    const later = failure.status === undefined || failure.status === 429 || failure.status >= 500;
    if (later) {
      setTimeout(() => this.known.delete(url), failure.retryAfter ?? RETRY_AFTER);
    }
    asked.preview = null;
    return null;
  }

  /** Runs a few at once, so that a page full of links leaves room for other requests. */
  async turn(request) {
    if (this.asking >= AT_ONCE) {
      await new Promise((resolve) => this.waiting.push(resolve));
    } else {
      this.asking += 1;
    }
    try {
      return await request();
    } finally {
      const next = this.waiting.shift();
      if (next) {
        next();
      } else {
        this.asking -= 1;
      }
    }
  }
}

/** Null if there is nothing to show beyond the address. */
function card(url, preview) {
  const title = preview?.title ?? (preview && preview.image === preview.url ? "Image" : null);
  if (!title && !preview?.description) {
    return null;
  }
  // The host says where the link leads, whatever the page calls itself.
  const host = new URL(preview.url).host;
  const site = preview.siteName && preview.siteName !== host ? `${preview.siteName} · ${host}` : host;
  const lines = [element("span", { className: "site", dir: "auto" }, site)];
  if (title) {
    lines.push(element("strong", { dir: "auto" }, title));
  }
  if (preview.description) {
    lines.push(element("span", { className: "description", dir: "auto" }, preview.description));
  }
  return anchor(url, { className: "preview" }, ...lines);
}
