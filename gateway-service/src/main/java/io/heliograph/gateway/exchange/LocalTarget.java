package io.heliograph.gateway.exchange;

import io.heliograph.gateway.routing.Local;

/** A part of the gateway that answers the calls of routes that are its own: every bean of this type is one. */
public interface LocalTarget {

    Local local();

    /** Answers, at once or later on the same event loop. */
    void answer(Exchange exchange);
}
