package io.heliograph.user.signin;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Hashes a password again when its hash has another cost than the configured one. This is possible only at a sign-in, which
 * does not wait for it; a failure is logged, and the next sign-in tries again.
 */
@Singleton
class PasswordRehash {

    private static final Logger LOG = Logger.getLogger(PasswordRehash.class);

    private final SignInRepository store;
    private final PasswordHasher passwords;
    private final AuditLog audit;

    PasswordRehash(SignInRepository store, PasswordHasher passwords, AuditLog audit) {
        this.store = store;
        this.passwords = passwords;
        this.audit = audit;
    }

    void ifOutdated(Credentials credentials, String password) {
        if (passwords.isAtPresentCost(credentials.passwordHash())) {
            return;
        }
        UUID user = credentials.account().id();
        passwords
                .hash(new HashQuota(user, null), password)
                .flatMap(hash -> store.rehash(credentials, hash))
                .subscribe()
                .with(done -> audit.record(AuditEvent.done(Kind.REHASH, user)), failure -> failed(user, failure));
    }

    private void failed(UUID user, Throwable failure) {
        LOG.warnf("A password could not be hashed anew: %s", failure);
        String outcome = failure instanceof ProblemException refusal ? refusal.code() : "failed";
        audit.record(AuditEvent.refused(Kind.REHASH, user, outcome));
    }
}
