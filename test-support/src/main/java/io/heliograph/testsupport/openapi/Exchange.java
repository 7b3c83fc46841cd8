package io.heliograph.testsupport.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request and its response as they came over the wire.
 *
 * @param path decoded as little as it was sent, without the query
 * @param query the names of the parameters, with the first value of each
 * @param requestBody null if there is none; empty if it is no text
 * @param headers of the response, by names in lower case
 * @param body of the response; empty if there is none
 */
public record Exchange(
        String method,
        String path,
        Map<String, String> query,
        String requestBody,
        int status,
        Map<String, List<String>> headers,
        String body) {

    /** The first value, or null. */
    String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    /** Without its parameters; null if there is none. */
    String mediaType() {
        String type = header("Content-Type");
        return type == null ? null : type.replaceAll(";.*", "").trim().toLowerCase(Locale.ROOT);
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }
}
