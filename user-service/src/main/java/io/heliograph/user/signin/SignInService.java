package io.heliograph.user.signin;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.moderation.AccountBans;
import io.heliograph.user.session.Device;
import io.heliograph.user.session.SessionService;
import io.heliograph.user.session.TokenPair;
import io.heliograph.user.signin.password.HashQuota;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Opens a session for a login and its password. An unknown user and a wrong password take the same time. */
@Singleton
class SignInService {

    private final SignInRepository store;
    private final SignInThrottle throttle;
    private final PasswordRehash rehash;
    private final AccountBans bans;
    private final SessionService sessions;
    private final AuditLog audit;

    SignInService(
            SignInRepository store,
            SignInThrottle throttle,
            PasswordRehash rehash,
            AccountBans bans,
            SessionService sessions,
            AuditLog audit) {
        this.store = store;
        this.throttle = throttle;
        this.rehash = rehash;
        this.bans = bans;
        this.sessions = sessions;
        this.audit = audit;
    }

    /** @param known the device, if it has a cookie of an earlier sign-in */
    Uni<SignInResult> signIn(String login, String password, Device device, Optional<KnownDevice> known) {
        SignInSource source = SignInSource.of(device.address(), known);
        return store.find(login, SignInAttempt.nobody(login), source).flatMap(attempt -> throttle.accepts(
                        attempt, HashQuota.ofAddress(source.network()), password)
                .map(accepted -> attempt.found().filter(found -> accepted))
                .map(accepted -> accepted.orElseThrow(Credentials::refusal))
                .call(accepted -> bans.requireNone(accepted.account().id()))
                .invoke(accepted -> rehash.ifOutdated(accepted, password))
                .flatMap(accepted -> sessions.open(accepted, device))
                .map(pair -> new SignInResult(attempt.user(), pair))
                .onFailure(ProblemException.class)
                .invoke(refusal -> audit.record(AuditEvent.refused(Kind.SIGN_IN, attempt.user(), refusal.code()))));
    }

    record SignInResult(UUID user, TokenPair pair) {}
}
