package io.heliograph.gateway.proxy;

import io.heliograph.gateway.routing.Route;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * What to {@link UpstreamFetcher}.
 *
 * @param uri what the gateway is asked for, with the query
 * @param headers all that go to the service but those that frame the body, such as {@link ProxyHeaders#forUpstream} gives
 * @param body null if there is none
 */
public record FetchRequest(Route route, HttpMethod method, String uri, MultiMap headers, Buffer body) {}
