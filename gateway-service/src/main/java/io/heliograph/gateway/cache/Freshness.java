package io.heliograph.gateway.cache;

/**
 * When a stored answer may be used. By the clock on the wall, since gateways share what they store.
 *
 * @param bornMillis when it was of no age: when the service made it, as far as that can be known
 * @param freshMillis up to which age it is fresh
 * @param whileRevalidateMillis how long after that it may be given while the service is asked
 * @param ifErrorMillis how long after that it may be given when the service fails
 */
record Freshness(
        long createdMillis, long lifetimeMillis, long whileRevalidateMillis, long ifErrorMillis, FreshnessRules rules) {

    /**
     * @param mustAsk it may only be given after the service has been asked
     * @param neverStale it may not be given stale, whatever anyone wishes
     * @param forAll it may be given to who shows credentials, though it was not asked for with these
     */
    record FreshnessRules(boolean mustRevalidate, boolean neverStale, boolean shareable) {}

    /** What may be done with a stored answer. */
    enum Usability {
        /** Given. */
        SERVE,
        /** Given, while the service is asked for a newer one. */
        SERVE_STALE,
        /** The service is to be asked first. */
        REVALIDATE
    }

    long ageMillis(long now) {
        return Math.max(0, now - createdMillis);
    }

    /** How long it is still fresh; negative once it is not. */
    long remainingMillis(long now) {
        return lifetimeMillis - ageMillis(now);
    }

    boolean isFresh(long now) {
        return remainingMillis(now) > 0;
    }

    Usability usability(RequestCacheControl request, long now) {
        long age = ageMillis(now);
        boolean tooOld = request.maxAgeMillis() >= 0 && age > request.maxAgeMillis();
        if (rules.mustRevalidate() || request.noCache() || tooOld) {
            return Usability.REVALIDATE;
        }
        long left = lifetimeMillis - age;
        long minFresh = request.tolerance().minFreshMillis();
        if (left > 0 && left >= minFresh) {
            return Usability.SERVE;
        }
        long staleFor = Math.max(whileRevalidateMillis, request.tolerance().maxStaleMillis());
        boolean mayBeStale = !rules.neverStale() && minFresh == 0 && -left < staleFor;
        return mayBeStale ? Usability.SERVE_STALE : Usability.REVALIDATE;
    }

    /** Whether it may be given because the service cannot be asked. */
    boolean mayServeOnError(RequestCacheControl request, long now) {
        boolean wanted = !request.noCache() && request.maxAgeMillis() < 0;
        return wanted && !rules.neverStale() && -remainingMillis(now) < ifErrorMillis;
    }

    /** For how much longer it is of any use: fresh, stale, or to ask the service whether it still holds. */
    long retentionMillis(long now, long toAskMillis) {
        return remainingMillis(now) + Math.max(toAskMillis, Math.max(whileRevalidateMillis, ifErrorMillis));
    }
}
