package io.heliograph.gateway.batch;

import io.heliograph.gateway.pipeline.Exchange;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Sends requests of the gateway to itself on behalf of a caller. Such a request passes every filter, with the token of
 * the caller, so that it can do no more than the caller. Its address, scheme and host are those of the caller, which
 * the listener accepts from a request with the random key of this process.
 */
@Singleton
public final class InternalClient {

    /** The loopback address. */
    public static final String ADDRESS = InetAddress.getLoopbackAddress().getHostAddress();

    // Headers of these names are never forwarded to a service: see ForwardedHeaders.
    private static final String KEY = "X-Forwarded-Key";
    private static final String CLIENT = "X-Forwarded-For";
    private static final String SCHEME = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    /** The headers that a part inherits from the request of the batch. */
    private static final List<String> FORWARDED =
            List.of("Authorization", "Accept-Language", "User-Agent", "traceparent", "tracestate");

    private final String key = randomKey();
    private final HttpClient client;
    private volatile int port;

    InternalClient(Vertx vertx, InternalClientConfig config) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setMaxHeaderSize(64 * 1024)
                        .setDecompressionSupported(false)
                        .setTracingPolicy(TracingPolicy.IGNORE),
                new PoolOptions().setHttp1MaxSize(config.maxRequests()).setMaxWaitQueueSize(config.maxWaiting()));
    }

    /** Sets the port of the {@link InternalListener}. */
    public void listeningOn(int port) {
        this.port = port;
    }

    /** The port of the {@link InternalListener}; 0 before it listens. */
    public int port() {
        return port;
    }

    /** Opens a request on behalf of the caller of an exchange, once a connection is available. */
    public Future<HttpClientRequest> request(Exchange exchange, HttpMethod method, String uri) {
        RequestOptions options = new RequestOptions()
                .setHost(ADDRESS)
                .setPort(port)
                .setMethod(method)
                .setURI(uri);
        MultiMap headers = exchange.request().headers();
        return client.request(options).onSuccess(request -> {
            for (String name : FORWARDED) {
                headers.getAll(name).forEach(value -> request.headers().add(name, value));
            }
            request.putHeader(KEY, key).putHeader(CLIENT, exchange.client()).putHeader(SCHEME, exchange.scheme());
            if (exchange.host() != null) {
                request.putHeader(HOST, exchange.host());
            }
        });
    }

    /** Whether the request was sent by this process. */
    public boolean isInternal(HttpServerRequest request) {
        String presented = request.getHeader(KEY);
        return presented != null && MessageDigest.isEqual(bytes(presented), bytes(key));
    }

    /** Sets the client of an exchange whose request is {@linkplain #isInternal internal}. */
    public void applyClient(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        exchange.client(request.getHeader(CLIENT));
        exchange.schemeAndHost(request.getHeader(SCHEME), request.getHeader(HOST));
    }

    void close(@Observes ShutdownEvent event) {
        client.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
