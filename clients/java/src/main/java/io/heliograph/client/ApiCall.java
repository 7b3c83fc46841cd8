package io.heliograph.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A call of the REST API.
 *
 * @param path from the host on, with the query, encoded
 * @param body the value that is sent as JSON; null for none
 * @param isRepeatable whether it may be sent again if it may have taken effect already
 * @param attemptTimeout the timeout of one attempt
 * @param patience how long transient failures are retried, from the first attempt on
 */
public record ApiCall(
        String method, String path, Object body, boolean isRepeatable, Duration attemptTimeout, Duration patience) {

    /** Longer than the server's timeouts of interactive requests. */
    private static final Duration ATTEMPT = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A call that may be repeated unless it is a {@code POST}, with 20 s for an attempt and a minute for all. */
    public static ApiCall of(String method, String path, Object body) {
        return new ApiCall(method, path, body, !method.equals("POST"), ATTEMPT, PATIENCE);
    }

    public static ApiCall get(String path) {
        return of("GET", path, null);
    }

    public static ApiCall post(String path, Object body) {
        return of("POST", path, body);
    }

    /** This call, which may be sent again if it may have taken effect already. */
    public ApiCall repeatable() {
        return new ApiCall(method, path, body, true, attemptTimeout, patience);
    }

    public ApiCall withAttemptTimeout(Duration timeout) {
        return new ApiCall(method, path, body, isRepeatable, timeout, patience);
    }

    /** This call with another time for retries; zero for none. */
    public ApiCall withPatience(Duration newPatience) {
        return new ApiCall(method, path, body, isRepeatable, attemptTimeout, newPatience);
    }

    /** This call with these parameters; those that are null are left out. */
    ApiCall withQuery(Map<String, ?> parameters) {
        String query = parameters.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + encode(Objects.toString(entry.getValue())))
                .collect(Collectors.joining("&"));
        String joined = query.isEmpty() ? path : path + "?" + query;
        return new ApiCall(method, joined, body, isRepeatable, attemptTimeout, patience);
    }

    /** Encodes a segment of a path, or a value of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
