package io.heliograph.client;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After}: RFC 9110, 10.2.3. */
final class RetryAfter {

    private RetryAfter() {}

    /** A date is compared with the date of the response, since our clock may be wrong. */
    static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .flatMap(value -> value.matches("\\d{1,9}")
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                        : headers.firstValue("Date").flatMap(date -> between(date, value)))
                .filter(time -> !time.isNegative());
    }

    private static Optional<Duration> between(String from, String to) {
        try {
            return Optional.of(Duration.between(date(from), date(to)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    }
}
