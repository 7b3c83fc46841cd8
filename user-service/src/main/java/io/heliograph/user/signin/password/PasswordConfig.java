package io.heliograph.user.signin.password;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/**
 * The cost of a password hash and the number of concurrent ones; the values and their reasons are in
 * application.properties.
 */
@ConfigMapping(prefix = "heliograph.passwords")
interface PasswordConfig {

    /** Whether accounts can have passwords; if not, all users come from other issuers. */
    boolean enabled();

    /** The minimum length of a new password, in characters; at least 8. */
    int minLength();

    /** Memory of one Argon2id hash, in KiB. */
    int memoryKib();

    /** Passes of Argon2id over that memory. */
    int iterations();

    /** Lanes of Argon2id. */
    int parallelism();

    /**
     * Concurrent hashes; by default one per core but one, which is left to other requests. Each needs {@link
     * #memoryKib()}.
     */
    OptionalInt threads();

    /** Hashes that may wait for a thread. */
    int maxWaiting();

    /** Running and waiting hashes of one account that changes passwords. */
    int perAccount();

    /** Running and waiting hashes of requests from one address. */
    int perAddress();
}
