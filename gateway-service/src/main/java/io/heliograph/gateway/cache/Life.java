package io.heliograph.gateway.cache;

/**
 * When a stored answer may be used. By the clock on the wall, since gateways share what they store.
 *
 * @param bornMillis when it was of no age: when the service made it, as far as that can be known
 * @param freshMillis up to which age it is fresh
 * @param whileRevalidateMillis how long after that it may be given while the service is asked
 * @param ifErrorMillis how long after that it may be given when the service fails
 */
record Life(long bornMillis, long freshMillis, long whileRevalidateMillis, long ifErrorMillis, Bounds bounds) {

    /**
     * @param mustAsk it may only be given after the service has been asked
     * @param neverStale it may not be given stale, whatever anyone wishes
     * @param forAll it may be given to who shows credentials, though it was not asked for with these
     */
    record Bounds(boolean mustAsk, boolean neverStale, boolean forAll) {}

    /** What may be done with a stored answer. */
    enum Use {
        /** Given. */
        GIVE,
        /** Given, while the service is asked for a newer one. */
        GIVE_AND_REFRESH,
        /** The service is to be asked first. */
        ASK
    }

    long ageMillis(long now) {
        return Math.max(0, now - bornMillis);
    }

    /** How long it is still fresh; negative once it is not. */
    long leftMillis(long now) {
        return freshMillis - ageMillis(now);
    }

    boolean isFresh(long now) {
        return leftMillis(now) > 0;
    }

    Use use(RequestControl request, long now) {
        long age = ageMillis(now);
        boolean tooOld = request.maxAgeMillis() >= 0 && age > request.maxAgeMillis();
        if (bounds.mustAsk() || request.mustAsk() || tooOld) {
            return Use.ASK;
        }
        long left = freshMillis - age;
        long minFresh = request.tolerance().minFreshMillis();
        if (left > 0 && left >= minFresh) {
            return Use.GIVE;
        }
        long staleFor = Math.max(whileRevalidateMillis, request.tolerance().maxStaleMillis());
        boolean mayBeStale = !bounds.neverStale() && minFresh == 0 && -left < staleFor;
        return mayBeStale ? Use.GIVE_AND_REFRESH : Use.ASK;
    }

    /** Whether it may be given because the service cannot be asked. */
    boolean mayReplaceError(RequestControl request, long now) {
        boolean wanted = !request.mustAsk() && request.maxAgeMillis() < 0;
        return wanted && !bounds.neverStale() && -leftMillis(now) < ifErrorMillis;
    }

    /** For how much longer it is of any use: fresh, stale, or to ask the service whether it still holds. */
    long keptMillis(long now, long toAskMillis) {
        return leftMillis(now) + Math.max(toAskMillis, Math.max(whileRevalidateMillis, ifErrorMillis));
    }
}
