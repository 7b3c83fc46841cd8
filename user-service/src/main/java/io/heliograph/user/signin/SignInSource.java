package io.heliograph.user.signin;

import io.heliograph.user.request.ClientAddress;
import java.util.Optional;
import java.util.UUID;

/**
 * The network location and the device of a sign-in attempt.
 *
 * @param network an address, or of IPv6 64 bits
 * @param site of IPv6 48 bits; null for IPv4
 * @param device the known device of the client, if it has sent its cookie
 */
record SignInSource(String network, String site, Optional<KnownDevice> device) {

    static SignInSource of(String address, Optional<KnownDevice> device) {
        return new SignInSource(ClientAddress.network(address), ClientAddress.site(address), device);
    }

    /** Null without a device. */
    UUID deviceUser() {
        return device.map(KnownDevice::user).orElse(null);
    }

    /** Null without a device. */
    String devicePlace() {
        return device.map(KnownDevice::place).orElse(null);
    }
}
