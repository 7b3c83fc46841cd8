package io.heliograph.user.demo;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.NewAccount;
import io.heliograph.user.account.Role;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import io.heliograph.user.startup.StartUpTask;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Creates {@code ada}, {@code grace} and {@code admin} at the start of a trial run; existing ones are not changed. */
@Singleton
class DemoAccounts implements StartUpTask {

    private static final Logger LOG = Logger.getLogger(DemoAccounts.class);

    private final DemoConfig config;
    private final AccountRepository accounts;
    private final PasswordHasher passwords;

    DemoAccounts(DemoConfig config, AccountRepository accounts, PasswordHasher passwords) {
        this.config = config;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    public String name() {
        return "the demo accounts";
    }

    @Override
    public Uni<Void> attempt() {
        if (!config.accounts()) {
            return Uni.createFrom().voidItem();
        }
        String password = config.password()
                .orElseThrow(() ->
                        new IllegalStateException("heliograph.demo.accounts is on: set heliograph.demo.password too"));
        return Uni.join()
                .all(
                        add("ada", "Ada Lovelace", password, List.of(Role.USER)),
                        add("grace", "Grace Hopper", password, List.of(Role.USER)),
                        add("admin", "Administrator", password, Role.ALL))
                .andFailFast()
                .replaceWithVoid()
                .invoke(() -> LOG.info(
                        "Demo accounts are on: anyone who knows their password can sign in, one of them as admin"));
    }

    private Uni<Void> add(String username, String displayName, String password, List<String> roles) {
        String email = username + "@demo.invalid";
        return passwords
                .hash(HashQuota.UNBOUNDED, password)
                .flatMap(hash -> accounts.add(new NewAccount(username, email, displayName, hash, roles)))
                .replaceWithVoid()
                .onFailure(ProblemException.class)
                .recoverWithNull();
    }
}
