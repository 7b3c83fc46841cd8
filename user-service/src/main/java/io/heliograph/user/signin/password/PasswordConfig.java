package io.heliograph.user.signin.password;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** The cost of a password hash and how many are made at once; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.passwords")
interface PasswordConfig {

    /** Whether accounts can have passwords; if not, all users come from other issuers. */
    boolean enabled();

    /** In characters, of a new password; 8 at least. */
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

    /** How many may wait for a thread. */
    int maxWaiting();

    /** How many hashes under way or waiting may be of one account that changes passwords. */
    int perAccount();

    /** How many hashes under way or waiting may be of requests from one address. */
    int perAddress();
}
