package io.heliograph.gateway.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.heliograph.http.Utf8;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Parses the parts of a batch, or collects an error for each invalid field. */
final class BatchParser {

    static final int MAX_PARTS = 50;

    private static final int MAX_ID_LENGTH = 128;

    /** Duplicate fields are rejected, since parsers differ in which one they use. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final Predicate<String> isBatch;
    private final int maxUri;
    private final List<BatchPart> parts = new ArrayList<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final Set<Object> ids = new HashSet<>();

    /** @param isBatch whether a path is that of a batch; batches cannot be nested */
    BatchParser(Predicate<String> isBatch, int maxUri) {
        this.isBatch = isBatch;
        this.maxUri = maxUri;
    }

    /** Parses the body. Throws a {@link DecodeException} if it is not JSON. */
    void read(Buffer body) {
        Object value = decode(body.getBytes());
        Object requests = value instanceof JsonObject object ? object.getValue("requests") : null;
        if (!(requests instanceof JsonArray array)) {
            errors.put("requests", "must be an array");
        } else if (array.isEmpty() || array.size() > MAX_PARTS) {
            errors.put("requests", "must have 1 to " + MAX_PARTS + " elements");
        } else {
            for (int i = 0; i < array.size(); i++) {
                part("requests[" + i + "]", array.getValue(i));
            }
        }
    }

    private static Object decode(byte[] body) {
        if (!Utf8.mayBeJson(body)) {
            throw new DecodeException("not in UTF-8");
        }
        try (JsonParser parser = JSON.createParser(body)) {
            return JacksonCodec.fromParser(parser, Object.class);
        } catch (IOException e) {
            throw new DecodeException("not readable", e);
        }
    }

    /** The parts in order; incomplete if there are {@link #errors}. */
    List<BatchPart> parts() {
        return parts;
    }

    /** The errors by field. */
    Map<String, String> errors() {
        return errors;
    }

    private void part(String field, Object value) {
        if (!(value instanceof JsonObject part)) {
            errors.put(field, "must be an object");
            return;
        }
        Object id = part.getValue("id");
        Object method = part.getValue("method");
        Object path = part.getValue("path");
        Object body = part.getValue("body");
        check(field + ".id", id(id));
        check(
                field + ".method",
                method instanceof String name && METHODS.contains(name)
                        ? null
                        : "must be one of GET, HEAD, POST, PUT, PATCH, DELETE");
        check(field + ".path", path(path));
        boolean bodyless = "GET".equals(method) || "HEAD".equals(method);
        check(field + ".body", bodyless && body != null ? "must not be there with " + method : null);
        if (errors.isEmpty()) {
            Buffer bytes = body == null ? null : Json.encodeToBuffer(body);
            parts.add(new BatchPart(id, HttpMethod.valueOf((String) method), (String) path, bytes));
        }
    }

    private void check(String field, String error) {
        if (error != null) {
            errors.put(field, error);
        }
    }

    private String id(Object id) {
        boolean good = id instanceof Integer
                || id instanceof Long
                || (id instanceof String text && !text.isEmpty() && text.length() <= MAX_ID_LENGTH);
        if (!good) {
            return "must be an integer, or text of 1 to " + MAX_ID_LENGTH + " characters";
        }
        return ids.add(id) ? null : "is the id of another part too";
    }

    private String path(Object value) {
        if (!(value instanceof String path) || !path.startsWith("/") || path.startsWith("//")) {
            return "must begin with one /";
        }
        if (path.length() > maxUri) {
            return "must have at most " + maxUri + " characters";
        }
        if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            return "must be encoded as in a URI, without a fragment";
        }
        return isBatch.test(path) ? "must not be that of a batch" : null;
    }

    /**
     * One request of a batch.
     *
     * @param id text or an integer, chosen by the caller and returned unchanged
     * @param body JSON; null if there is none
     */
    record BatchPart(Object id, HttpMethod method, String path, Buffer body) {}
}
