package io.heliograph.gateway.cache;

/** The {@code Cache-Status} header (RFC 9211): what the cache did for a request, told to whoever sent it. */
final class CacheStatus {

    static final String HEADER = "Cache-Status";

    /** Why a request went on to the service. */
    static final String BYPASS = "heliograph; fwd=bypass";

    static final String METHOD = "heliograph; fwd=method";
    static final String URI_MISS = "heliograph; fwd=uri-miss";
    static final String VARY_MISS = "heliograph; fwd=vary-miss";
    static final String REQUEST = "heliograph; fwd=request";
    static final String STALE = "heliograph; fwd=stale";

    private static final String HIT = "heliograph; hit";

    private CacheStatus() {}

    /** @param reason one of the above, for what was not given from the cache at once */
    static String of(CacheResult result, String reason, long leftMillis) {
        String detail =
                switch (result) {
                    case SHARED -> "; detail=shared";
                    case REVALIDATED -> "; fwd-status=304";
                    case STORED -> "; stored";
                    case COLLAPSED -> "; collapsed";
                    case STALE_ON_ERROR -> "; detail=service-failed";
                    default -> "";
                };
        boolean hit = result == CacheResult.HIT || result == CacheResult.STALE || result == CacheResult.SHARED;
        return (hit ? HIT : reason) + "; ttl=" + Math.floorDiv(leftMillis, 1_000L) + detail;
    }
}
