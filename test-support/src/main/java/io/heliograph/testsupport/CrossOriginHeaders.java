package io.heliograph.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Headers of a service that a page of another origin cannot send or read because the list of the gateway
 * ({@code CorsConfig}) lacks them. The list is read as text: services do not depend on the gateway.
 */
public final class CrossOriginHeaders {

    private static final Path LIST = Path.of(
            "..",
            "gateway-service",
            "src",
            "main",
            "java",
            "io",
            "heliograph",
            "gateway",
            "security",
            "CorsConfig.java");

    /** Headers that browsers send themselves or let every page read (Fetch, 2.2.2), and those that pages do not use. */
    private static final Set<String> EXEMPT = Set.of(
            "user-agent",
            "cookie",
            "cache-control",
            "content-language",
            "content-length",
            "content-type",
            "expires",
            "last-modified",
            "pragma",
            "vary",
            "set-cookie",
            "transfer-encoding",
            "connection");

    private CrossOriginHeaders() {}

    public static Set<String> missing(Collection<String> headers) {
        String list = read();
        return headers.stream()
                .filter(header -> !EXEMPT.contains(header.toLowerCase(Locale.ROOT)))
                .filter(header -> !list.toLowerCase(Locale.ROOT)
                        .matches("(?s).*[\",]" + header.toLowerCase(Locale.ROOT) + "[\",].*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that these calls read. */
    public static Set<String> missingOf(List<ApiCall> calls) {
        return missing(calls.stream().flatMap(call -> call.headers().stream()).toList());
    }

    private static String read() {
        try {
            return Files.readString(LIST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
