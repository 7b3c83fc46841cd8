package io.heliograph.user.token;

import io.heliograph.auth.LocalIssuer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;

/**
 * The keys of the last valid version of the file. Without a key that can sign the service does not start; a version
 * that is invalid later is ignored.
 */
@Startup
@Singleton
class SigningKeys implements LocalIssuer {

    private final KeyFile file;
    private final Duration publishAhead;
    private volatile KeySet keys;

    SigningKeys(SigningConfig config) {
        this.file = config.signingKeys()
                .map(KeyFile::new)
                .orElseThrow(() -> new IllegalStateException(
                        "heliograph.tokens.signing-keys is not set: give the path of a file that holds a private JWK"
                                + " Set with RSA or P-256 keys"));
        this.publishAhead = config.publishAhead();
        this.keys = file.readIfChanged();
    }

    KeySet current() {
        return keys;
    }

    @Override
    public PublicKey publicKey(String id) {
        return keys.publicKey(id);
    }

    /** The newest key that has been published for long enough. */
    SigningKey signer() {
        return keys.newestBefore(Instant.now().minus(publishAhead));
    }

    /** Reads the file; returns whether the keys have changed; throws if it is invalid. Blocks; not thread-safe. */
    boolean refresh() {
        KeySet changed = file.readIfChanged();
        if (changed == null) {
            return false;
        }
        keys = changed;
        return true;
    }
}
