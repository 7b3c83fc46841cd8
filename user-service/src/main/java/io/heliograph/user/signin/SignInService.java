package io.heliograph.user.signin;

import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.problem.Refusal;
import io.heliograph.user.session.Device;
import io.heliograph.user.session.SessionService;
import io.heliograph.user.session.TokenPair;
import io.heliograph.user.signin.password.HashingShare;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Gives a session to who knows the password. An unknown user and a wrong password cost the same work. */
@Singleton
class SignInService {

    private final SignInRepository store;
    private final Guard guard;
    private final Rehash rehash;
    private final SessionService sessions;
    private final AuditLog audit;

    SignInService(SignInRepository store, Guard guard, Rehash rehash, SessionService sessions, AuditLog audit) {
        this.store = store;
        this.guard = guard;
        this.rehash = rehash;
        this.sessions = sessions;
        this.audit = audit;
    }

    /** @param known the device, if the client has shown it to be one at which it signed in before */
    Uni<SignedIn> signIn(String login, String password, Device device, Optional<KnownDevice> known) {
        Origin origin = Origin.of(device.address(), known);
        return store.find(login, Candidate.nobody(login), origin).flatMap(candidate -> guard.accepts(
                        candidate, HashingShare.ofAddress(origin.network()), password)
                .map(accepted -> candidate.found().filter(found -> accepted))
                .map(accepted -> accepted.orElseThrow(Credentials::refusal))
                .invoke(accepted -> rehash.ifOutdated(accepted, password))
                .flatMap(accepted -> sessions.open(accepted, device))
                .map(pair -> new SignedIn(candidate.user(), pair))
                .onFailure(Refusal.class)
                .invoke(refusal -> audit.record(AuditEvent.refused(Kind.SIGN_IN, candidate.user(), refusal.code()))));
    }

    record SignedIn(UUID user, TokenPair pair) {}
}
