// Previews of the pages that links lead to.

import { element } from "../ui/dom.js";
import { anchor, linksIn } from "./links.js";

const PER_MESSAGE = 3;
const AT_ONCE = 4;
const MAX_KNOWN = 500;
const RETRY_AFTER = 30_000;
/** Milliseconds: a preview is no reason to wait for long. */
const PATIENCE = 5_000;

/** Asks for each address once, whatever the number of messages and rooms with it. */
export class PreviewRequests {
  /** @param {import("/client/index.js").HeliographClient} client */
  constructor(client) {
    this.client = client;
    /** By address: a promise, and the preview once it is there; null if there is none. */
    this.asked = new Map();
    this.waiting = [];
    this.asking = 0;
  }

  /** Null if there is none, undefined if it is not known yet. */
  known(url) {
    return this.asked.get(url)?.preview;
  }

  ask(url) {
    const known = this.asked.get(url);
    if (known) {
      return known.answer;
    }
    if (this.asked.size >= MAX_KNOWN) {
      this.asked.delete(this.asked.keys().next().value);
    }
    const asked = { preview: undefined };
    asked.answer = this.turn(() => this.read(url)).then(
      (preview) => (asked.preview = preview),
      (failure) => this.failed(url, asked, failure),
    );
    this.asked.set(url, asked);
    return asked.answer;
  }

  read(url) {
    return this.client.request("GET", `/api/previews?url=${encodeURIComponent(url)}`, { patienceMs: PATIENCE });
  }

  /** A link without a preview is not requested again; a failed request is repeated when its message is drawn again. */
  failed(url, asked, failure) {
    const later = failure.status === undefined || failure.status === 429 || failure.status >= 500;
    if (later) {
      setTimeout(() => this.asked.delete(url), failure.retryAfterMs ?? RETRY_AFTER);
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

/**
 * Asks for the preview of a link once its message is seen. Images are of other sites, which would
 * identify the reader: the page's policy forbids them, and none are shown.
 */
export class LinkPreviews {
  /**
   * @param {PreviewRequests} requests
   * @param {HTMLElement} list the scrolled list of messages
   */
  constructor(requests, list) {
    this.requests = requests;
    this.urls = new WeakMap();
    this.observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.seen(entry)), { root: list });
  }

  /** Where the previews of this text are to appear; undefined if it has no links. */
  of(text) {
    const urls = linksIn(text).slice(0, PER_MESSAGE);
    if (urls.length === 0) {
      return undefined;
    }
    // Read out when they get the focus; not announced.
    const place = element("div", { className: "previews", "aria-live": "off" });
    place.append(...urls.map((url) => card(url, this.requests.known(url))).filter(Boolean));
    if (urls.some((url) => this.requests.known(url) === undefined)) {
      this.urls.set(place, urls);
      this.observer.observe(place);
    }
    return place;
  }

  /** To be called with nodes that are removed from the document. */
  forget(place) {
    if (place) {
      this.observer.unobserve(place);
    }
  }

  close() {
    this.observer.disconnect();
  }

  async seen({ isIntersecting, target }) {
    if (!isIntersecting) {
      return;
    }
    this.observer.unobserve(target);
    const urls = this.urls.get(target);
    const previews = await Promise.all(urls.map((url) => this.requests.ask(url)));
    target.replaceChildren(...urls.map((url, i) => card(url, previews[i])).filter(Boolean));
  }
}

/** Null if there is nothing to show beyond the address. */
function card(url, preview) {
  const title = preview?.title ?? (preview && preview.image === preview.url ? "Image" : null);
  if (!title && !preview?.description) {
    return null;
  }
  // The host shows the destination of the link, whatever the title of the page is.
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
