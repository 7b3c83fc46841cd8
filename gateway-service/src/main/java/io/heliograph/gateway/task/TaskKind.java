package io.heliograph.gateway.task;

import java.util.Locale;

/** The kinds of tasks. A closed set, used as the label of metrics. */
public enum TaskKind {
    /** Many requests as one. */
    BATCH,
    /** A request that took longer than {@code heliograph.gateway.tasks.slow}, or has not ended yet. */
    SLOW_REQUEST,
    /** A fetch for the cache, or to find out whether what it has is still good. */
    CACHE_FETCH,
    /** Stored answers that an operator had dropped. */
    CACHE_PURGE,
    /** The keys of an issuer of tokens. */
    KEY_REFRESH,
    /** The routes, upstreams and limits of a changed configuration. */
    CONFIGURATION,
    /** The descriptions of the services, for that of the API. */
    API_DESCRIPTION;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
