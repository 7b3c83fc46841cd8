package io.heliograph.gateway.accesslog;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.TraceParent;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The content of one line. It contains neither the query nor headers that could have secrets. */
record AccessLogEntry(
        long timeMillis,
        String requestId,
        String traceId,
        String client,
        UUID user,
        String method,
        String path,
        String route,
        int status,
        String outcome,
        String cache,
        long bytesIn,
        long bytesOut,
        long nanos,
        long upstreamNanos,
        String userAgent) {

    /** The longest text of a field, so that a line has about 1 KB at most. */
    private static final int MAX_LENGTH = 512;

    static AccessLogEntry of(Exchange exchange, String outcome, int status) {
        return new AccessLogEntry(
                System.currentTimeMillis(),
                exchange.requestId(),
                TraceParent.traceId(exchange.request().headers()),
                exchange.client(),
                exchange.caller() == null ? null : exchange.caller().id(),
                exchange.method().name(),
                exchange.path(),
                exchange.route() == null ? null : exchange.route().path(),
                status,
                outcome,
                exchange.response().headers().get("Cache-Status"),
                exchange.request().bytesRead(),
                exchange.response().bytesWritten(),
                exchange.elapsedNanos(),
                exchange.upstreamNanos(),
                utf8(exchange.request().headers().get(HttpHeaders.USER_AGENT)));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", Instant.ofEpochMilli(timeMillis).toString());
        json.writeStringField("requestId", requestId);
        text(json, "traceId", traceId);
        text(json, "client", client);
        text(json, "user", user == null ? null : user.toString());
        text(json, "method", method);
        text(json, "path", path);
        text(json, "route", route);
        json.writeNumberField("status", status);
        json.writeStringField("outcome", outcome);
        text(json, "cache", cache);
        json.writeNumberField("bytesIn", bytesIn);
        json.writeNumberField("bytesOut", bytesOut);
        json.writeNumberField("durationMs", millis(nanos));
        if (upstreamNanos > 0) {
            json.writeNumberField("upstreamMs", millis(upstreamNanos));
        }
        text(json, "userAgent", userAgent);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH) + "…");
        }
    }

    /**
     * Decodes a header as UTF-8, since the HTTP decoder maps each byte to a character; unchanged if it is not UTF-8.
     */
    static String utf8(String header) {
        if (header == null || header.chars().allMatch(c -> c < 0x80)) {
            return header;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }

    /** Milliseconds with three decimals. */
    private static double millis(long nanos) {
        return nanos / 1_000 / 1e3;
    }
}
