package io.heliograph.message.profile;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.auth.Caller;
import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The usernames of users of other issuers. Only user-service assigns them, since the name at the issuer may be taken
 * here. Concurrent requests share one call; a name is read again after a while, which also finds deleted accounts.
 */
@Singleton
public final class ExternalUsernames {

    private static final Set<Integer> UNKNOWN =
            Set.of(Status.UNAUTHORIZED.getStatusCode(), Status.NOT_FOUND.getStatusCode());

    /** At about 200 bytes each: 10 MB. */
    private static final int MOST = 50_000;
    /**
     * Shorter than the retention of a revocation (heliograph.revocations.retention), so that a deleted user is not
     * accepted after it.
     */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final UserServiceClient directory;
    private final ProfileRepository repository;
    private final AsyncCache<UUID, Profile> profiles =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).buildAsync();

    ExternalUsernames(Vertx vertx, @RestClient UserServiceClient directory, ProfileRepository repository) {
        this.vertx = vertx;
        this.directory = directory;
        this.repository = repository;
    }

    /**
     * The caller with names, whose {@code authorization} was verified. The first call creates the account. Fails with
     * {@link TokenException} and with nothing else.
     */
    public Future<Caller> name(Caller caller, String authorization) {
        Profile known = profiles.synchronous().getIfPresent(caller.id());
        return known != null
                ? Future.succeededFuture(named(caller, known))
                : Future.fromCompletionStage(
                                profiles.get(caller.id(), (id, unused) -> ask(id, authorization)),
                                vertx.getOrCreateContext())
                        .map(profile -> named(caller, profile))
                        .recover(failure -> Future.failedFuture(refusal(failure)));
    }

    private static Caller named(Caller caller, Profile profile) {
        return caller.named(profile.username(), profile.displayName(), profile.version());
    }

    private CompletableFuture<Profile> ask(UUID person, String authorization) {
        return Future.fromCompletionStage(directory.profile(authorization, person))
                .recover(failure -> remembered(person, refusal(failure)))
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** While user-service is unavailable, the last known names are used. */
    private Future<Profile> remembered(UUID person, TokenException refused) {
        return refused.reason() == Reason.INVALID_TOKEN
                ? Future.failedFuture(refused)
                : repository.find(person).compose(profile -> profile.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(refused)));
    }

    /** A user is unknown if the account was deleted, or if the issuer is not configured at user-service. */
    private static TokenException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TokenException refused) {
            return refused;
        }
        boolean unknown = cause instanceof WebApplicationException answer
                && UNKNOWN.contains(answer.getResponse().getStatus());
        return new TokenException(unknown ? Reason.INVALID_TOKEN : Reason.USERS_UNAVAILABLE);
    }
}
