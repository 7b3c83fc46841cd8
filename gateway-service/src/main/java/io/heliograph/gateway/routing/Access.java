package io.heliograph.gateway.routing;

/** What a call must show. */
public enum Access {
    /** A good token. */
    REQUIRED,
    /** Nothing; but a token that is shown must be good. The service decides. */
    OPTIONAL,
    /** Nothing, and nothing is looked at. */
    PUBLIC
}
