package io.heliograph.auth;

import java.util.function.Consumer;

/** Learns of each fetch of the keys of an issuer. */
public interface KeyFetchListener {

    /**
     * Called at the begin of a fetch.
     *
     * @param location the URL of the keys, or of the discovery document
     * @return called at the end of the fetch, with the failure or null
     */
    Consumer<Throwable> begin(String location);
}
