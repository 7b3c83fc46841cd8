package io.heliograph.operations;

import java.time.Duration;
import java.util.Optional;

/**
 * The request of a gateway for samples, which lasts for its length and is renewed while an operator watches. A lease of
 * no length ends it.
 *
 * @param gateway unique among gateways
 */
public record WatchLease(String gateway, Duration length) {

    /**
     * How often it is renewed: the longest time for which a replica whose subscription was lost publishes no samples.
     */
    public static final Duration RENEWAL = Duration.ofSeconds(1);

    /** Two renewals may be late. A gateway that dies counts for this long. */
    public static final Duration LENGTH = Duration.ofSeconds(3);

    private static final int LONGEST_MESSAGE = 100;

    public String encode() {
        return length.toMillis() + " " + gateway;
    }

    /** Empty for a text that is no lease, or a lease that is longer than the longest. */
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
