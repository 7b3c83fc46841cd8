package io.heliograph.user.signin.password;

import java.util.UUID;

/**
 * The quotas of running and waiting hashes that a hash counts against, so that no account or network takes them all.
 *
 * @param account the account that changes a password, its own or another; null if there is none
 * @param network the address of the request, or for IPv6 a network of 64 bits; null if it counts against none
 */
public record HashQuota(UUID account, String network) {

    /** For callers with their own bound: batches, and tasks at the start. */
    public static final HashQuota UNBOUNDED = new HashQuota(null, null);

    /** For sign-ins and registrations. They count against no account, since others could exhaust its share. */
    public static HashQuota ofAddress(String network) {
        return new HashQuota(null, network);
    }
}
