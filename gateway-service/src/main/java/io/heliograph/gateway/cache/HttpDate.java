package io.heliograph.gateway.cache;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the three formats of a date of RFC 9110, 5.6.7. An invalid date is {@link #NONE}, so that a response is not
 * fresh because of it (RFC 9111, 5.3).
 */
final class HttpDate {

    /** An absent or invalid date. */
    static final long NONE = -1;

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";
    private static final String MONTH = "(?<month>[a-z]{3})";
    private static final List<Pattern> FORMS = List.of(
            // Sun, 06 Nov 1994 08:49:37 GMT
            form("[a-z]{3}, (?<day>\\d{2}) " + MONTH + " (?<year>\\d{4}) " + TIME + " gmt"),
            // Sunday, 06-Nov-94 08:49:37 GMT (RFC 850)
            form("[a-z]{6,9}, (?<day>\\d{2})-" + MONTH + "-(?<year>\\d{2}) " + TIME + " gmt"),
            // Sun Nov  6 08:49:37 1994 (asctime)
            form("[a-z]{3} " + MONTH + " (?<day>\\d{2}| \\d) " + TIME + " (?<year>\\d{4})"));

    private static final int CENTURY = 100;
    /** A two-digit year that appears to be more than 50 years in the future is in the past (RFC 9110, 5.6.7). */
    private static final int FURTHEST_AHEAD = 50;

    private HttpDate() {}

    /** In milliseconds since 1970, or {@link #NONE}. */
    static long parse(String text) {
        if (text == null || text.length() > 40) {
            return NONE;
        }
        for (Pattern form : FORMS) {
            Matcher date = form.matcher(text);
            if (date.matches()) {
                return millis(date);
            }
        }
        return NONE;
    }

    private static long millis(Matcher date) {
        try {
            // A leap second is the last second of its minute.
            int second = Math.min(59, number(date, "second"));
            return LocalDateTime.of(
                                    year(date.group("year")),
                                    MONTHS.indexOf(date.group("month").toLowerCase(Locale.ROOT)) + 1,
                                    number(date, "day"),
                                    number(date, "hour"),
                                    number(date, "minute"),
                                    second)
                            .toEpochSecond(ZoneOffset.UTC)
                    * 1_000;
        } catch (DateTimeException noSuchDay) {
            return NONE;
        }
    }

    private static int year(String text) {
        int year = Integer.parseInt(text);
        if (text.length() > 2) {
            return year;
        }
        int now = Year.now(ZoneOffset.UTC).getValue();
        int ahead = now - now % CENTURY + year;
        return ahead > now + FURTHEST_AHEAD ? ahead - CENTURY : ahead;
    }

    private static int number(Matcher date, String part) {
        return Integer.parseInt(date.group(part).trim());
    }

    private static Pattern form(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
