package io.heliograph.user.signin.password;

import java.util.UUID;

/**
 * The quotas of running and waiting hashes that a hash counts against, so that no account or network takes them all.
 *
 * @param account that gives itself or another a password; null if none does
 * @param network the address that the request comes from, or of IPv6 a network of 64 bits; null if it counts in none
 */
public record HashQuota(UUID account, String network) {

    /** For what has a bound of its own: batches, and what the service does at its start. */
    public static final HashQuota UNBOUNDED = new HashQuota(null, null);

    /** For sign-ins and registrations. They count in no account, since strangers could use up its share. */
    public static HashQuota ofAddress(String network) {
        return new HashQuota(null, network);
    }
}
