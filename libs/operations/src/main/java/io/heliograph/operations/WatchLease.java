package io.heliograph.operations;

import java.time.Duration;
import java.util.Optional;

/**
 * What a gateway publishes while someone watches over it: samples are wanted for so long. A lease of no length ends it.
 *
 * @param gateway unique among gateways
 */
public record WatchLease(String gateway, Duration length) {

    /** How often it is renewed, and the longest that a replica whose subscription was lost samples nothing. */
    public static final Duration RENEWAL = Duration.ofSeconds(1);

    /** Two renewals may be late. A gateway that dies counts for this long. */
    public static final Duration LENGTH = Duration.ofSeconds(3);

    private static final int LONGEST_MESSAGE = 100;

    public String encode() {
        return length.toMillis() + " " + gateway;
    }

    /** Empty for what is no lease, or one that is longer than any. */
    static Optional<WatchLease> parse(String message) {
        int space = message.indexOf(' ');
        if (space < 1 || message.length() > LONGEST_MESSAGE) {
            return Optional.empty();
        }
        try {
            Duration length = Duration.ofMillis(Long.parseLong(message.substring(0, space)));
            boolean valid = !length.isNegative() && length.compareTo(LENGTH) <= 0;
            return valid ? Optional.of(new WatchLease(message.substring(space + 1), length)) : Optional.empty();
        } catch (NumberFormatException noLength) {
            return Optional.empty();
        }
    }
}
