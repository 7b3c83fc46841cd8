package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.cache.CacheDirectives.RequestCacheControl;
import io.heliograph.gateway.cache.Freshness.FreshnessRules;
import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A response that is fresh for 60 s, may be served stale for 30 s while it is revalidated, and for 100 s on errors. */
class FreshnessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | | SERVE",
                "59 | | SERVE",
                "60 | | SERVE_STALE",
                "89 | | SERVE_STALE",
                "90 | | REVALIDATE",
                "10 | no-cache | REVALIDATE",
                "10 | max-age=0 | REVALIDATE",
                "10 | max-age=10 | SERVE",
                "11 | max-age=10 | REVALIDATE",
                "10 | max-age=nonsense | REVALIDATE",
                "30 | min-fresh=30 | SERVE",
                "31 | min-fresh=30 | REVALIDATE",
                "70 | min-fresh=1 | REVALIDATE",
                "95 | max-stale | SERVE_STALE",
                "95 | max-stale=40 | SERVE_STALE",
                "95 | max-stale=10 | REVALIDATE",
                "65 | max-age=62 | REVALIDATE",
                "10 | no-store | SERVE"
            })
    void shouldFollowTheDirectivesOfServiceAndClient(long age, String control, String use) {
        Freshness freshness = new Freshness(0, 60_000, 30_000, 100_000, new FreshnessRules(false, false, true));

        assertEquals(use, freshness.usability(control(control), age * 1_000).name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"10 | | SERVE", "60 | | REVALIDATE", "60 | max-stale | REVALIDATE"})
    void shouldNeverBeStaleIfTheServiceForbidsIt(long age, String control, String use) {
        Freshness freshness = new Freshness(0, 60_000, 0, 0, new FreshnessRules(false, true, true));

        assertEquals(use, freshness.usability(control(control), age * 1_000).name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | ", "10 | max-stale"})
    void shouldRequireRevalidationForNoCache(long age, String control) {
        Freshness freshness = new Freshness(0, 60_000, 0, 0, new FreshnessRules(true, true, true));

        assertEquals(
                "REVALIDATE", freshness.usability(control(control), age * 1_000).name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "70 | | false | true",
                "159 | | false | true",
                "160 | | false | false",
                "70 | no-cache | false | false",
                "70 | max-age=100 | false | false",
                "70 | | true | false"
            })
    void shouldBeServedOnErrorForAWhile(long age, String control, boolean neverStale, boolean allowed) {
        Freshness freshness = new Freshness(0, 60_000, 30_000, 100_000, new FreshnessRules(false, neverStale, true));

        assertEquals(allowed, freshness.mayServeOnError(control(control), age * 1_000));
    }

    private static RequestCacheControl control(String text) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (text != null) {
            headers.add("Cache-Control", text);
        }
        return RequestCacheControl.of(headers);
    }
}
