package io.heliograph.user.feed;

import io.heliograph.rest.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The changes of profiles and the owners of addresses, for other services. The gateway has no route to this path. */
@Path("/internal/profiles")
class FeedResource {

    /**
     * {@code next} is the position of the next request: unchanged if nothing has changed, and the beginning if this
     * position was never assigned. Then the database was restored to an earlier state and numbers its changes again.
     */
    record Page(List<ProfileChange> items, long next) {}

    record AddressQuery(
            @NotNull @Size(min = 1, max = MAX_ADDRESSES)
            List<@NotNull @Size(max = MAX_ADDRESS) @Pattern(regexp = "[^\\x00]*") String> addresses) {}

    /** Profiles by their addresses. */
    record AddressPage(List<AddressedProfile> items) {}

    /** The body of these is within the limit of request bodies. */
    private static final int MAX_ADDRESSES = 50;
    /** The longest address (RFC 5321). */
    private static final int MAX_ADDRESS = 254;

    private final FeedRepository feed;
    private final Optional<byte[]> expected;

    FeedResource(FeedRepository feed, FeedConfig config) {
        this.feed = feed;
        this.expected = config.secret().map(secret -> bytes("Bearer " + secret));
    }

    @GET
    @Operation(hidden = true)
    public Uni<Page> after(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization,
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @DefaultValue("200") @Min(1) @Max(1000) int limit) {
        require(authorization);
        return feed.after(after, limit)
                .flatMap(changes -> changes.isEmpty()
                        ? feed.last().map(last -> new Page(changes, last < after ? 0 : after))
                        : Uni.createFrom()
                                .item(new Page(
                                        changes, changes.get(changes.size() - 1).change())));
    }

    /** The profiles of the accounts that have these addresses, each with the address as it was sent. */
    @POST
    @Path("by-address")
    @Operation(hidden = true)
    public Uni<AddressPage> byAddress(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization,
            @NotNull @Valid AddressQuery query) {
        require(authorization);
        return feed.byAddress(query.addresses()).map(AddressPage::new);
    }

    /** Compares in constant time. */
    private void require(String authorization) {
        byte[] secret = expected.orElseThrow(NotFoundException::new);
        if (!MessageDigest.isEqual(secret, bytes(authorization))) {
            throw ProblemException.unauthorized("unauthenticated", "The secret of the feed is needed.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
