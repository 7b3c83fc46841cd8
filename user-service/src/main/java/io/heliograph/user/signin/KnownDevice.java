package io.heliograph.user.signin;

import java.util.UUID;

/** A device at which this account has signed in before. {@code id} is random. */
record KnownDevice(UUID user, String id) {

    /** The key in place of an address for failures at this device. */
    String place() {
        return "device " + id;
    }
}
