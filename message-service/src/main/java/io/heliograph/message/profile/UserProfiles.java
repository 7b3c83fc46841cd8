package io.heliograph.message.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.auth.Caller;
import io.heliograph.message.message.Sender;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The profiles of users, as this service knows them: from their tokens, from the profile feed, and by a request to
 * user-service for users without either. The newest version wins, in whatever order they arrive.
 */
@Singleton
public final class UserProfiles {

    private static final Duration COME_BACK = Duration.ofSeconds(1);
    /** Profiles that need not be written again, and by which senders are named; some 200 bytes each. */
    private static final int KNOWN_PROFILES = 50_000;
    /** The most ids that user-service accepts in one request. */
    private static final int IDS_AT_ONCE = 500;

    private final ProfileRepository repository;
    private final UserServiceClient directory;
    private volatile Runnable deleted = () -> {};
    private volatile Consumer<List<Sender>> changedFollower = changed -> {};
    private final Cache<UUID, Profile> profiles =
            Caffeine.newBuilder().maximumSize(KNOWN_PROFILES).build();

    UserProfiles(ProfileRepository repository, @RestClient UserServiceClient directory) {
        this.repository = repository;
        this.directory = directory;
    }

    /** {@code follower} runs when the feed has brought deleted accounts; it must not block. */
    public void whenDeleted(Runnable follower) {
        deleted = follower;
    }

    /** {@code follower} gets the users whose names the feed has changed; it must not block. */
    public void whenChanged(Consumer<List<Sender>> follower) {
        changedFollower = follower;
    }

    /**
     * The caller by the newest known names: those in the token may be as old as the token. Takes one look-up in memory.
     */
    public Sender sender(Caller caller) {
        Profile known = profiles.getIfPresent(caller.id());
        return known != null && known.version() > caller.profileVersion() ? known.sender() : claimed(caller);
    }

    private static Sender claimed(Caller caller) {
        return new Sender(caller.id(), caller.username(), caller.displayName(), false, caller.bot());
    }

    /** Stores the profile of a caller. To be called before a user enters a room, so that every member has a name. */
    public Future<Void> store(Caller caller) {
        return remember(Profile.of(caller));
    }

    /** Ensures that the profile of another user is stored; fails with {@code user_not_found}. */
    public Future<Void> ensure(UUID user, String authorization) {
        return repository.knows(user).compose(known -> known ? Future.succeededFuture() : lookUp(user, authorization));
    }

    /** Ensures that the profiles of many users are stored; returns the users that exist. */
    public Future<Set<UUID>> ensure(List<UUID> users, String authorization) {
        return repository.known(users).compose(known -> {
            List<UUID> unknown =
                    users.stream().filter(user -> !known.contains(user)).toList();
            Future<Set<UUID>> ensured = Future.succeededFuture(known);
            for (int from = 0; from < unknown.size(); from += IDS_AT_ONCE) {
                List<UUID> some = unknown.subList(from, Math.min(from + IDS_AT_ONCE, unknown.size()));
                ensured = ensured.compose(before -> lookUp(some, authorization).map(found -> union(before, found)));
            }
            return ensured;
        });
    }

    /** The data of a caller in user-service, each part with its {@code type}. */
    public Future<List<JsonObject>> stored(String authorization) {
        Future<Map<String, Object>> account = Future.fromCompletionStage(directory.account(authorization));
        Future<Map<String, Object>> sessions = Future.fromCompletionStage(directory.sessions(authorization));
        return Future.all(account, sessions)
                .recover(failure -> Future.failedFuture(refusal(failure)))
                .map(both -> List.of(
                        JsonObject.of("type", "account").mergeIn(new JsonObject(account.result())),
                        JsonObject.of("type", "sessions").mergeIn(new JsonObject(sessions.result()))));
    }

    /** Applies the changes up to this place of the feed. */
    Future<Void> follow(List<Profile> changed, long place) {
        return repository.follow(changed, place).onSuccess(done -> {
            List<Sender> renamed =
                    changed.stream().filter(this::isNews).map(Profile::sender).toList();
            changed.forEach(this::keep);
            if (!renamed.isEmpty()) {
                changedFollower.accept(renamed);
            }
            if (changed.stream().anyMatch(Profile::deleted)) {
                deleted.run();
            }
        });
    }

    private Future<Void> lookUp(UUID user, String authorization) {
        return Future.fromCompletionStage(directory.profile(authorization, user))
                .recover(failure -> Future.failedFuture(refusal(failure)))
                .compose(this::remember);
    }

    private Future<Set<UUID>> lookUp(List<UUID> users, String authorization) {
        String ids = users.stream().map(UUID::toString).collect(Collectors.joining(","));
        return Future.fromCompletionStage(directory.profiles(authorization, ids))
                .recover(failure -> Future.failedFuture(refusal(failure)))
                .compose(found -> repository.remember(found.items()).map(done -> {
                    found.items().forEach(this::keep);
                    return found.items().stream().map(Profile::id).collect(Collectors.toSet());
                }));
    }

    private static Set<UUID> union(Set<UUID> some, Set<UUID> others) {
        Set<UUID> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private Future<Void> remember(Profile profile) {
        Profile known = profiles.getIfPresent(profile.id());
        return known != null && (known.version() > profile.version() || known.equals(profile))
                ? Future.succeededFuture()
                : repository.remember(profile).onSuccess(done -> keep(profile));
    }

    private boolean isNews(Profile profile) {
        Profile known = profiles.getIfPresent(profile.id());
        return known == null
                || (known.version() <= profile.version() && !known.sender().equals(profile.sender()));
    }

    private void keep(Profile profile) {
        profiles.asMap().merge(profile.id(), profile, (known, read) -> read.version() < known.version() ? known : read);
    }

    private static ProblemException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebApplicationException answer
                        && answer.getResponse().getStatus() == Status.NOT_FOUND.getStatusCode()
                ? ProblemException.of(Status.NOT_FOUND, "user_not_found", "There is no such user.")
                : ProblemException.unavailable(
                        "users_unavailable", "The user service does not answer at the moment.", COME_BACK);
    }
}
