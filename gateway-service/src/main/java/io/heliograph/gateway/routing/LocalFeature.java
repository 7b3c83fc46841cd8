package io.heliograph.gateway.routing;

/** What the gateway serves itself. */
public enum LocalFeature {
    /** Many requests as one. */
    BATCH,
    /** The description of the API. */
    DOCS,
    /** The operations stream. */
    LIVE,
    /** What operators ask and order. */
    OPS
}
