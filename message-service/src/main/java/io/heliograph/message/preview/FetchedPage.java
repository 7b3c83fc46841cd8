package io.heliograph.message.preview;

import io.heliograph.message.egress.Destination;
import io.vertx.core.buffer.Buffer;

/**
 * The response to the request for a page.
 *
 * @param target where it was in the end, after redirects
 * @param type the {@code Content-Type}, perhaps null
 * @param encoding the {@code Content-Encoding}, perhaps null
 * @param body the beginning of it, empty unless it is a page
 */
record FetchedPage(Destination target, String type, String encoding, Buffer body) {}
