package io.heliograph.user.token;

import io.heliograph.auth.LocalIssuer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;

/**
 * The keys of the file as it last was right: without at least one that can sign, the service does not start, and a file
 * that turns wrong later changes nothing.
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

    /** Whether there were others in the file; throws if they are wrong. Blocks, and is for one thread at a time. */
    boolean refresh() {
        KeySet changed = file.readIfChanged();
        if (changed == null) {
            return false;
        }
        keys = changed;
        return true;
    }
}
