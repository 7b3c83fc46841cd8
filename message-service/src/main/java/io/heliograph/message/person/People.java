package io.heliograph.message.person;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.message.message.Sender;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.token.Caller;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Keeps what this service knows of accounts: from their own tokens, and from user-service where they never came. */
@Singleton
public final class People {

    private static final Duration COME_BACK = Duration.ofSeconds(1);
    /** Names that need not be written again, about 100 bytes each. */
    private static final int KNOWN_NAMES = 50_000;

    private final PersonRepository repository;
    private final UserDirectory directory;
    private final Cache<UUID, String> names =
            Caffeine.newBuilder().maximumSize(KNOWN_NAMES).build();

    People(PersonRepository repository, @RestClient UserDirectory directory) {
        this.repository = repository;
        this.directory = directory;
    }

    /** To be called before someone comes into a room, so that every member has a name. */
    public Future<Void> met(Caller caller) {
        return remember(caller.person());
    }

    /** The same for somebody else, who has to exist: {@code user_not_found} if not. */
    public Future<Void> meet(UUID user, String authorization) {
        return repository.knows(user).compose(known -> known ? Future.succeededFuture() : lookUp(user, authorization));
    }

    private Future<Void> lookUp(UUID user, String authorization) {
        return Future.fromCompletionStage(directory.profile(authorization, user))
                .recover(failure -> Future.failedFuture(refusal(failure)))
                .compose(this::remember);
    }

    private Future<Void> remember(Sender person) {
        if (person.username().equals(names.getIfPresent(person.id()))) {
            return Future.succeededFuture();
        }
        return repository
                .remember(person.id(), person.username())
                .onSuccess(done -> names.put(person.id(), person.username()));
    }

    private static Refusal refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebApplicationException answer
                        && answer.getResponse().getStatus() == Status.NOT_FOUND.getStatusCode()
                ? Refusal.of(Status.NOT_FOUND, "user_not_found", "There is no such user.")
                : Refusal.later("users_unavailable", "The user service does not answer at the moment.", COME_BACK);
    }
}
