package io.heliograph.gateway.compression;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/**
 * Compresses the response to one request if the client accepts gzip and the {@link CompressionPolicy} permits it. Each
 * method is called after all headers of the response have been set. Used on the event loop of the request.
 */
public final class ResponseEncoding implements AutoCloseable {

    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
    private static final CharSequence ACCEPT_RANGES = HttpHeaders.createOptimized("accept-ranges");
    private static final int NOT_MODIFIED = 304;

    private final HttpServerRequest request;
    private final CompressionPolicy policy;
    private boolean enabled = true;
    private boolean hasGzipTag;
    private GzipEncoder encoder;

    public ResponseEncoding(HttpServerRequest request, CompressionPolicy policy) {
        this.request = request;
        this.policy = policy;
    }

    /** The response is sent as it is. */
    public void disable() {
        enabled = false;
    }

    /** Changes the entity tags of compressed responses in the request to those of the service. */
    public void restoreEntityTags() {
        hasGzipTag = GzipNegotiation.removeSuffixes(request.headers());
    }

    /**
     * Prepares a response that is streamed. Returns the encoder of its body; null if the body is sent as it is.
     *
     * @param length in bytes; {@link CompressionPolicy#UNKNOWN} if it is not known in advance
     */
    public GzipEncoder begin(int status, long length) {
        // HTTP/1.0 has no chunked coding, which a body of unknown length needs.
        if (!isAcceptedEachTime(status, length) || request.version() == HttpVersion.HTTP_1_0) {
            return null;
        }
        if (HttpMethod.HEAD.equals(request.method())) {
            describe(CompressionPolicy.UNKNOWN);
            return null;
        }
        encoder = policy.tryOpen();
        if (encoder != null) {
            describe(CompressionPolicy.UNKNOWN);
        }
        return encoder;
    }

    /** The form of a stored body to send. */
    public Buffer select(int status, ReusableBody body) {
        boolean compressible = isEnabled(status)
                && policy.isCompressible(
                        status, request.response().headers(), body.plain().length());
        Buffer encoded = compressible && isAccepted() ? body.gzip(policy.level()) : null;
        if (encoded == null) {
            return body.plain();
        }
        describe(encoded.length());
        return encoded;
    }

    /** Passes on the form of a body to send, at once or later on the same event loop. */
    public void encode(int status, Buffer body, Consumer<Buffer> sender) {
        GzipEncoder opened = isAcceptedEachTime(status, body.length()) ? policy.tryOpen() : null;
        if (opened == null) {
            sender.accept(body);
        } else if (body.length() <= ReusableBody.MAX_INLINE_BYTES) {
            send(opened.encode(body, true), sender);
        } else {
            // Closed by the worker only, which uses it whether or not the client is still there.
            Vertx.currentContext()
                    .executeBlocking(() -> opened.encode(body, true), false)
                    .onSuccess(encoded -> send(encoded, sender))
                    .onFailure(rejected -> {
                        opened.close();
                        sender.accept(body);
                    });
        }
    }

    /** Releases the encoder. The response has ended. */
    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
        }
    }

    private void send(Buffer encoded, Consumer<Buffer> sender) {
        describe(encoded.length());
        sender.accept(encoded);
    }

    private boolean isAcceptedEachTime(int status, long length) {
        return isEnabled(status)
                && policy.isCompressibleEachTime(status, request.response().headers(), length)
                && isAccepted();
    }

    /** Whether the response may be compressed. A {@code 304} gets the tag of the form that the client has. */
    private boolean isEnabled(int status) {
        if (hasGzipTag && status == NOT_MODIFIED) {
            MultiMap headers = request.response().headers();
            GzipNegotiation.addSuffix(headers);
            GzipNegotiation.vary(headers);
        }
        return enabled;
    }

    /** Whether the client accepts gzip. States that the response, which is compressible, depends on that. */
    private boolean isAccepted() {
        GzipNegotiation.vary(request.response().headers());
        return GzipNegotiation.isAccepted(request.headers());
    }

    private void describe(long length) {
        MultiMap headers = request.response().headers();
        headers.set(HttpHeaders.CONTENT_ENCODING, GZIP).remove(ACCEPT_RANGES);
        GzipNegotiation.addSuffix(headers);
        if (length == CompressionPolicy.UNKNOWN) {
            headers.remove(HttpHeaders.CONTENT_LENGTH);
        } else {
            headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
    }
}
