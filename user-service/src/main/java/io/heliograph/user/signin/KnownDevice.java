package io.heliograph.user.signin;

import java.util.UUID;

/** A device at which this account has signed in before. {@code id} was made by chance. */
record KnownDevice(UUID user, String id) {

    /** What stands in place of an address where failures at this device are counted. */
    String place() {
        return "device " + id;
    }
}
