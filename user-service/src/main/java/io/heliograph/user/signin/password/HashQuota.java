package io.heliograph.user.signin.password;

import java.util.UUID;

/**
 * The quotas of running and waiting hashes that a hash counts against, so that no account or network takes them all.
 *
 * @param account that changes a password, its own or another; null if none does
 * @param network the address of the request, or for IPv6 a network of 64 bits; null if it counts in none
 */
public record HashQuota(UUID account, String network) {

    /** For callers with a bound of their own: batches, and the tasks at the start. */
    public static final HashQuota UNBOUNDED = new HashQuota(null, null);

    /** For sign-ins and registrations. They count in no account, since others could use up its share. */
    public static HashQuota ofAddress(String network) {
        return new HashQuota(null, network);
    }
}
