package io.heliograph.message.profile;

import io.heliograph.message.profile.UserServiceClient.AddressQuery;
import io.heliograph.message.profile.UserServiceClient.AddressedProfile;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Finds accounts by e-mail address at user-service, with the secret of the feed; no address is stored in this service.
 * Only for callers with the role {@code admin}, because it discloses the owner of an address.
 */
@Singleton
public final class AddressDirectory {

    /** The number of the longest addresses that fit into a body that user-service accepts. */
    public static final int ADDRESSES_AT_ONCE = 50;

    private final UserServiceClient directory;
    private final ProfileRepository profiles;
    private final Optional<String> authorization;

    AddressDirectory(@RestClient UserServiceClient directory, ProfileRepository profiles, FeedConfig config) {
        this.directory = directory;
        this.profiles = profiles;
        this.authorization = config.secret().map(secret -> "Bearer " + secret);
    }

    /**
     * The ids of the accounts with these addresses, by address in lower case; the profiles are stored. Empty if no
     * secret of the feed is set, and while user-service is of a release without this call.
     */
    public Future<Map<String, UUID>> find(List<String> addresses) {
        if (authorization.isEmpty() || addresses.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return Future.fromCompletionStage(directory.byAddress(authorization.get(), new AddressQuery(addresses)))
                .compose(found -> profiles.remember(found.items().stream()
                                .map(AddressedProfile::profile)
                                .distinct()
                                .toList())
                        .map(done -> found.items().stream()
                                .collect(Collectors.toMap(
                                        each -> each.address().toLowerCase(Locale.ROOT),
                                        AddressedProfile::id,
                                        (one, same) -> one))))
                .recover(failure ->
                        isUnknownCall(failure) ? Future.succeededFuture(Map.of()) : Future.failedFuture(failure));
    }

    private static boolean isUnknownCall(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebApplicationException answer
                && answer.getResponse().getStatus() == Status.NOT_FOUND.getStatusCode();
    }
}
