package io.heliograph.user.external;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.external.ExternalAccountRepository.AccountLookup;
import io.heliograph.user.external.ExternalAccountRepository.NameTakenException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Creates the account of a user of another issuer at the first request. Later tokens are only verified: a change of the
 * names at the issuer changes nothing here.
 */
@Singleton
class ExternalAccounts {

    private static final Logger LOG = Logger.getLogger(ExternalAccounts.class);

    /** Usernames of those who came lately, at about 200 bytes each: 10 MB. */
    private static final int MOST_KNOWN = 50_000;
    /** How long one whose account was deleted is still taken for who they were; by then their tokens are revoked. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(5);
    /** A name that is taken, an address that is, and the same person coming twice; more is no coincidence. */
    private static final int MOST_ATTEMPTS = 8;

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final ExternalAccountRepository accounts;
    private final Validator rules;
    private final AsyncCache<UUID, String> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .buildAsync();

    ExternalAccounts(Vertx vertx, ExternalAccountRepository accounts, Validator rules) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.rules = rules;
    }

    /** Fails with {@code token_revoked} if there was an account that was deleted: it does not come back. */
    Future<String> username(ExternalIdentity identity) {
        String username = known.synchronous().getIfPresent(identity.id());
        return username != null
                ? Future.succeededFuture(username)
                : Future.fromCompletionStage(
                        known.get(identity.id(), (id, unused) -> meet(identity)), vertx.getOrCreateContext());
    }

    private CompletableFuture<String> meet(ExternalIdentity identity) {
        return Uni.createFrom()
                .deferred(() -> meet(identity, AccountProposal.of(identity.profile(), rules), MOST_ATTEMPTS))
                .invoke(lookup -> report(identity, lookup))
                .map(lookup -> lookup.username().orElseThrow(ExternalAccounts::gone))
                .subscribeAsCompletionStage();
    }

    private Uni<AccountLookup> meet(ExternalIdentity identity, AccountProposal proposal, int attempts) {
        return accounts.findOrAdd(identity, proposal)
                .onFailure(NameTakenException.class)
                .recoverWithUni(taken -> attempts == 1
                        ? Uni.createFrom().failure(noName())
                        : meet(identity, other(proposal, taken), attempts - 1));
    }

    private static AccountProposal other(AccountProposal proposal, NameTakenException taken) {
        return taken.isEmail() ? proposal.withoutEmail() : proposal.withOtherUsername();
    }

    private static void report(ExternalIdentity identity, AccountLookup lookup) {
        if (lookup.isNew()) {
            LOG.infof("%s of %s has an account now", identity.id(), identity.issuer());
        }
    }

    private static ProblemException gone() {
        return ProblemException.unauthorized("token_revoked", "The account of this token is gone.");
    }

    private static ProblemException noName() {
        return ProblemException.unavailable("overloaded", "No name could be found for the new account.", COME_BACK);
    }
}
