package io.heliograph.user.signin;

import io.heliograph.user.token.DerivedMac;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a browser show at a sign-in that the account has signed in there before (the device cookies of OWASP): such a
 * device has attempts of its own, which other clients cannot exhaust. The cookie has no other effect and contains no
 * secret of the account.
 */
@Singleton
class DeviceCookie {

    static final String NAME = "heliograph_device";

    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})\\.([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");
    private static final int RANDOM_BYTES = 16;
    /** Long enough for a user who signs in once a year. */
    private static final long MAX_AGE_SECONDS = 365 * 24 * 60 * 60;

    private final DerivedMac macs;
    private final SecureRandom random = new SecureRandom();

    DeviceCookie(DerivedMac macs) {
        this.macs = macs;
    }

    /** Empty without a cookie, and for one that this service has not issued. */
    Optional<KnownDevice> read(String value) {
        Matcher parts = FORM.matcher(value == null ? "" : value);
        return parts.matches() && macs.isOf(message(parts.group(1), parts.group(2)), parts.group(3))
                ? Optional.of(new KnownDevice(UUID.fromString(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    /**
     * The value of {@code Set-Cookie} after a sign-in of this account.
     *
     * @param presented the cookie of the request, which is kept if it belongs to the same account
     */
    String header(UUID user, Optional<KnownDevice> presented, boolean secure) {
        String id = presented
                .filter(device -> device.user().equals(user))
                .map(KnownDevice::id)
                .orElseGet(this::newId);
        String value = user + "." + id + "." + macs.of(message(user.toString(), id));
        return NAME + "=" + value + "; Path=/api/auth/login; Max-Age=" + MAX_AGE_SECONDS + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }

    private String newId() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String message(String user, String id) {
        return "device " + user + " " + id;
    }
}
