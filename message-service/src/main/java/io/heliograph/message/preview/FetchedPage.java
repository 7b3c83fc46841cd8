package io.heliograph.message.preview;

import io.heliograph.message.egress.Destination;
import io.vertx.core.buffer.Buffer;

/**
 * The response to the request for a page.
 *
 * @param target the address after redirects
 * @param type the {@code Content-Type}; may be null
 * @param encoding the {@code Content-Encoding}; may be null
 * @param body the beginning of the body; empty unless it is a page
 */
record FetchedPage(Destination target, String type, String encoding, Buffer body) {}
