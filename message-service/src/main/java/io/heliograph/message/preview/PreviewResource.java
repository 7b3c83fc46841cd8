package io.heliograph.message.preview;

import io.heliograph.auth.Caller;
import io.heliograph.message.egress.Destination;
import io.heliograph.message.egress.EgressException;
import io.heliograph.message.request.Text;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Path("/api/previews")
@Authenticated
class PreviewResource {

    /** In characters: the limit of browsers and search engines. */
    private static final int MAX_URL = 2_048;

    private final SecurityIdentity identity;
    private final PreviewService previews;
    private final PreviewConfig config;

    PreviewResource(SecurityIdentity identity, PreviewService previews, PreviewConfig config) {
        this.identity = identity;
        this.previews = previews;
        this.config = config;
    }

    /** The same for everyone, so that the cache of the gateway may keep it for all. */
    @GET
    public CompletionStage<RestResponse<Preview>> preview(@QueryParam("url") @NotNull @Text(max = MAX_URL) String url) {
        return previews.preview(destination(url), Caller.of(identity).id())
                .map(preview -> ResponseBuilder.ok(preview)
                        .header(
                                HttpHeaders.CACHE_CONTROL,
                                "public, max-age=" + config.maxAge().toSeconds())
                        .build())
                .toCompletionStage();
    }

    static Destination destination(String url) {
        try {
            return Destination.of(url);
        } catch (EgressException refused) {
            throw PreviewProblems.of(refused);
        }
    }
}
