package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    private static final long MOMENT = Instant.parse("2050-08-18T02:01:18Z").toEpochMilli();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thu, 18 Aug 2050 02:01:18 GMT",
                "THU, 18 AUG 2050 02:01:18 gmt",
                "Thursday, 18-Aug-50 02:01:18 GMT",
                "Thu Aug 18 02:01:18 2050"
            })
    void shouldParseTheFormatsOfADate(String date) {
        assertEquals(MOMENT, HttpDate.parse(date));
    }

    @Test
    void shouldParseADayOfOneDigitInAsctime() {
        assertEquals(Instant.parse("1994-11-06T08:49:37Z").toEpochMilli(), HttpDate.parse("Sun Nov  6 08:49:37 1994"));
    }

    @Test
    void shouldParseATwoDigitYearFarAheadAsThePastCentury() {
        assertEquals(
                Instant.parse("1994-11-06T08:49:37Z").toEpochMilli(), HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT"));
    }

    @Test
    void shouldParseALeapSecond() {
        assertEquals(
                Instant.parse("2016-12-31T23:59:59Z").toEpochMilli(), HttpDate.parse("Sat, 31 Dec 2016 23:59:60 GMT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "Thu, 18 Aug 2050 02:01:18 UTC",
                "Thu, 18 Aug 2050 02:01:18 AEST",
                "Thu, 18 Aug 2050 02:01:18 +0000",
                "Thu, 18 Aug 2050 02:01:18",
                "Thu, 18 Aug 50 02:01:18 GMT",
                "Thu 18 Aug 2050 02:01:18 GMT",
                "Thu, 18  Aug  2050 02:01:18 GMT",
                "Thu, 18-Aug-2050 02:01:18 GMT",
                "Thu, 18 Aug 2050 02.01.18 GMT",
                "Thu, 18 Aug 2050 2:01:18 GMT",
                "Thu, 8 Aug 2050 02:01:18 GMT",
                "Thu, 31 Feb 2050 02:01:18 GMT",
                "Thu, 18 Agu 2050 02:01:18 GMT",
                "Thu, 18 Aug 2050 24:01:18 GMT",
                "Thu, 18 Aug 2050 02:01:18 GMT, Thu, 18 Aug 2050 02:01:18 GMT",
                "2050-08-18T02:01:18Z",
                "Th\u00fc, 18 Aug 2050 02:01:18 GMT"
            })
    void shouldRejectOtherDates(String text) {
        assertEquals(HttpDate.NONE, HttpDate.parse(text));
    }
}
