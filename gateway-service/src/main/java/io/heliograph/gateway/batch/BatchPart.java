package io.heliograph.gateway.batch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * One request of a batch.
 *
 * @param id text or an integer, as the caller chose; given back as it is
 * @param body JSON; null if there is none
 */
record BatchPart(Object id, HttpMethod method, String path, Buffer body) {}
