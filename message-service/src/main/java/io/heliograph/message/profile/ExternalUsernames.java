package io.heliograph.message.profile;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.message.token.Caller;
import io.heliograph.message.token.TokenRefused;
import io.heliograph.message.token.TokenRefused.Reason;
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
 * The names of people whom another issuer vouches for. Only user-service gives one, unlike any other: what their
 * issuer calls them may be the name of somebody here. It is asked once for all who wait, and again after a while, since
 * that is also how it is found out that such an account is gone.
 */
@Singleton
public final class ExternalUsernames {

    private static final Set<Integer> UNKNOWN =
            Set.of(Status.UNAUTHORIZED.getStatusCode(), Status.NOT_FOUND.getStatusCode());

    /** At about 200 bytes each: 10 MB. */
    private static final int MOST = 50_000;
    /** Shorter than a revocation is remembered (heliograph.revocations.retention), so that nobody gets in after it. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final UserServiceClient directory;
    private final ProfileRepository people;
    private final AsyncCache<UUID, Profile> profiles =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).buildAsync();

    ExternalUsernames(Vertx vertx, @RestClient UserServiceClient directory, ProfileRepository people) {
        this.vertx = vertx;
        this.directory = directory;
        this.people = people;
    }

    /**
     * The caller with names, whose {@code authorization} is good here. The first time makes them an account. Fails with
     * {@link TokenRefused} and with nothing else.
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

    /** While user-service is away, people are called what they were called last. */
    private Future<Profile> remembered(UUID person, TokenRefused refused) {
        return refused.reason() == Reason.INVALID_TOKEN
                ? Future.failedFuture(refused)
                : people.find(person).compose(profile -> profile.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(refused)));
    }

    /** Not to be found is one whose account is gone, or whose issuer user-service is not told of as we are. */
    private static TokenRefused refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TokenRefused refused) {
            return refused;
        }
        boolean unknown = cause instanceof WebApplicationException answer
                && UNKNOWN.contains(answer.getResponse().getStatus());
        return new TokenRefused(unknown ? Reason.INVALID_TOKEN : Reason.USERS_UNAVAILABLE);
    }
}
