package io.heliograph.auth;

import java.util.function.Consumer;

/** Learns of each fetch of the keys of an issuer. */
public interface KeyFetchListener {

    /**
     * A fetch begins.
     *
     * @param location where the keys are, or what says where
     * @return called at the end of the fetch, with the failure or null
     */
    Consumer<Throwable> begin(String location);
}
