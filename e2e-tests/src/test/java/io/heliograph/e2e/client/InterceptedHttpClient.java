package io.heliograph.e2e.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** Does what the HTTP client of the JDK does, and may change or lose answers before the client of Heliograph has them. */
final class InterceptedHttpClient extends HttpClient {

    /** What becomes of an answer. */
    @FunctionalInterface
    interface Interceptor {

        /** The body that the client gets; a failure is what it gets instead. */
        String intercept(HttpRequest request, HttpResponse<String> response) throws IOException;
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final Interceptor interceptor;
    private final AtomicInteger underWay = new AtomicInteger();

    InterceptedHttpClient(Interceptor interceptor) {
        this.interceptor = interceptor;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        underWay.incrementAndGet();
        return client.sendAsync(request, handler)
                .whenComplete((response, failure) -> underWay.decrementAndGet())
                .thenApply(response -> intercepted(request, response));
    }

    /** Calls that have no answer yet. */
    int underWay() {
        return underWay.get();
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }

    /** The client of Heliograph reads all bodies as text. */
    @SuppressWarnings("unchecked")
    private <T> HttpResponse<T> intercepted(HttpRequest request, HttpResponse<T> response) {
        try {
            HttpResponse<String> text = (HttpResponse<String>) response;
            return (HttpResponse<T>) new Changed(text, interceptor.intercept(request, text));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private record Changed(HttpResponse<String> response, String body) implements HttpResponse<String> {

        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public HttpRequest request() {
            return response.request();
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return response.previousResponse();
        }

        @Override
        public HttpHeaders headers() {
            return response.headers();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return response.sslSession();
        }

        @Override
        public URI uri() {
            return response.uri();
        }

        @Override
        public Version version() {
            return response.version();
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler).join();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushPromises) {
        return sendAsync(request, handler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
