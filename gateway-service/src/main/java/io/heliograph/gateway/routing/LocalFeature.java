package io.heliograph.gateway.routing;

/** What the gateway serves itself. */
public enum LocalFeature {
    /** Many requests as one. */
    BATCH,
    /** The description of the API. */
    DOCS,
    /** What operators ask and order. */
    OPS
}
