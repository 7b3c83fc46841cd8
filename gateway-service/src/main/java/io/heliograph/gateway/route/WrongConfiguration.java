package io.heliograph.gateway.route;

/** A mistake in what an operator has given, by its key and why it is one. */
public final class WrongConfiguration extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** @param key without the prefix of all keys of the gateway */
    WrongConfiguration(String key, String reason) {
        super("heliograph.gateway." + key + ": " + reason);
    }
}
