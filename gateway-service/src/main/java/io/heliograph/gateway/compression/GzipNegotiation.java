package io.heliograph.gateway.compression;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The headers of content negotiation for gzip: {@code Accept-Encoding} (RFC 9110, 12.5.3), {@code Vary} and entity tags.
 * Two forms of a response need two strong tags (RFC 9110, 8.8.3.3), so the tag of the compressed one has a suffix. It is
 * removed from the conditions of a request, so that a tag that a client got with a compressed response is valid for
 * {@code If-Match} at the service.
 */
final class GzipNegotiation {

    private static final String SUFFIX = "--gzip\"";

    private static final CharSequence[] CONDITIONS = {HttpHeaders.IF_NONE_MATCH, HttpHeaders.createOptimized("if-match")
    };

    private static final CharSequence ACCEPT_ENCODING = HttpHeaders.createOptimized("Accept-Encoding");

    private static final double ABSENT = -1;

    private GzipNegotiation() {}

    /** Whether gzip is accepted by the client of a request, and no less preferred than the unencoded form. */
    static boolean isAccepted(MultiMap request) {
        return acceptsGzip(request.getAll(ACCEPT_ENCODING));
    }

    /** Whether gzip is accepted and no less preferred than the unencoded form. */
    static boolean acceptsGzip(List<String> lines) {
        double gzip = ABSENT;
        double any = ABSENT;
        double identity = ABSENT;
        for (String line : lines) {
            for (String item : line.split(",", -1)) {
                int end = item.indexOf(';');
                String coding = (end < 0 ? item : item.substring(0, end)).trim();
                double weight = end < 0 ? 1 : weight(item.substring(end + 1));
                if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
                    gzip = Math.max(gzip, weight);
                } else if (coding.equals("*")) {
                    any = weight;
                } else if (coding.equalsIgnoreCase("identity")) {
                    identity = weight;
                }
            }
        }
        double accepted = gzip == ABSENT ? any : gzip;
        return accepted > 0 && accepted >= identity;
    }

    /** The weight of a parameter such as {@code q=0.5}; 0 if it is invalid, so that nothing unwanted is sent. */
    private static double weight(String parameter) {
        String text = parameter.trim();
        if (!text.regionMatches(true, 0, "q=", 0, 2)) {
            return 1;
        }
        try {
            double weight = Double.parseDouble(text.substring(2).trim());
            return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Adds {@code Vary: Accept-Encoding}, unless the response has it. */
    static void vary(MultiMap headers) {
        for (String line : headers.getAll(HttpHeaders.VARY)) {
            if (line.equals("*") || line.toLowerCase(Locale.ROOT).contains("accept-encoding")) {
                return;
            }
        }
        headers.add(HttpHeaders.VARY, ACCEPT_ENCODING);
    }

    /** Adds the suffix to a strong tag. A weak one may name both forms. */
    static void addSuffix(MultiMap headers) {
        String tag = headers.get(HttpHeaders.ETAG);
        if (tag != null && tag.startsWith("\"") && tag.endsWith("\"") && tag.length() > 1 && !tag.endsWith(SUFFIX)) {
            headers.set(HttpHeaders.ETAG, tag.substring(0, tag.length() - 1) + SUFFIX);
        }
    }

    /** Removes the suffix from the conditions of a request; returns whether there was one. */
    static boolean removeSuffixes(MultiMap headers) {
        boolean found = false;
        for (CharSequence name : CONDITIONS) {
            if (headers.contains(name)) {
                found |= removeSuffixes(headers, name);
            }
        }
        return found;
    }

    private static boolean removeSuffixes(MultiMap headers, CharSequence name) {
        List<String> lines = headers.getAll(name);
        if (lines.stream().noneMatch(line -> line.contains(SUFFIX))) {
            return false;
        }
        List<String> plain = new ArrayList<>(lines.size());
        lines.forEach(line -> plain.add(line.replace(SUFFIX, "\"")));
        headers.set(name.toString(), plain);
        return true;
    }
}
