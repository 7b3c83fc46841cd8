package io.heliograph.user.external;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Creates the account of a user of another issuer at the first request, or at the first token exchange. Later claims of
 * the issuer change the profile where they differ from its earlier claims, so that an edit made here is not undone.
 */
@Singleton
public class ExternalAccounts {

    private static final Logger LOG = Logger.getLogger(ExternalAccounts.class);

    /** Recently seen users, at about 500 bytes each: 25 MB. */
    private static final int MOST_KNOWN = 50_000;
    /** How long the account of a deleted user is still assumed to exist; their tokens are revoked by then. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(5);
    /** A taken username, a taken address and a concurrent request of the same user need three. */
    private static final int MOST_ATTEMPTS = 8;

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final ExternalAccountRepository accounts;
    private final Validator rules;
    private final AsyncCache<UUID, KnownPerson> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .buildAsync();

    ExternalAccounts(Vertx vertx, ExternalAccountRepository accounts, Validator rules) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.rules = rules;
    }

    /**
     * Fails with {@code token_revoked} if the account is banned, or was deleted: then it is not created again. Emits on
     * the caller's context.
     */
    Uni<String> username(ExternalIdentity identity) {
        KnownPerson person = known.synchronous().getIfPresent(identity.id());
        if (person != null && !person.isOutdatedBy(identity)) {
            return Uni.createFrom().item(person.username());
        } else if (person != null) {
            known.synchronous().invalidate(identity.id());
        }
        Context caller = vertx.getOrCreateContext();
        return Uni.createFrom()
                .completionStage(() -> known.get(identity.id(), (id, unused) -> know(identity)))
                .emitOn(work -> caller.runOnContext(ignored -> work.run()))
                .map(KnownPerson::username);
    }

    /**
     * The account of a user of a product, by their id in the product; it is created at the first call. Empty if the
     * account was deleted or is banned, or if the user is an admin: no service account may act for an admin.
     */
    public Uni<Optional<Account>> present(String issuer, String subject, ProfileClaims profile) {
        return meet(ExternalIdentity.presented(issuer, subject, profile))
                .map(lookup -> lookup.account().filter(account -> !lookup.isOfAdmin() && !lookup.banned()));
    }

    private CompletableFuture<KnownPerson> know(ExternalIdentity identity) {
        return meet(identity)
                .map(lookup -> new KnownPerson(
                        lookup.account()
                                .filter(account -> !lookup.banned())
                                .orElseThrow(ExternalAccounts::gone)
                                .username(),
                        identity.profile().valid(rules),
                        identity.saidAt()))
                .subscribeAsCompletionStage();
    }

    private Uni<AccountLookup> meet(ExternalIdentity claiming) {
        ProfileClaims valid = claiming.profile().valid(rules);
        AccountProposal proposal = AccountProposal.of(claiming.profile(), valid);
        ExternalIdentity identity = claiming.claiming(valid);
        return Uni.createFrom()
                .deferred(() -> meet(identity, proposal, MOST_ATTEMPTS))
                .invoke(lookup -> report(identity, lookup))
                .flatMap(lookup -> lookup.isOutdatedBy(identity)
                        ? follow(identity, new ClaimedChange(identity.presented(), true))
                                .map(lookup::changed)
                        : Uni.createFrom().item(lookup));
    }

    /** Leaves out a username or an address that another account has. */
    private Uni<Optional<Account>> follow(ExternalIdentity identity, ClaimedChange change) {
        return accounts.follow(identity, change)
                .onFailure(NameTakenException.class)
                .recoverWithUni(taken -> follow(identity, change.without(taken)));
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
        return ProblemException.unauthorized("token_revoked", "The account of this token is gone, or banned.");
    }

    private static ProblemException noName() {
        return ProblemException.unavailable("overloaded", "No name could be found for the new account.", COME_BACK);
    }

    /** The username of a user at the last request, and the claims of the issuer at that time. */
    private record KnownPerson(String username, ProfileClaims claimed, Instant saidAt) {

        boolean isOutdatedBy(ExternalIdentity identity) {
            return saidAt.isBefore(identity.saidAt()) && identity.profile().isNewsTo(claimed);
        }
    }
}
