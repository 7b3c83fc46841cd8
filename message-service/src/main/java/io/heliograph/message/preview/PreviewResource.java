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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Tag(name = "previews")
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

    /** The response is the same for all users, so that the cache of the gateway can share it. */
    @GET
    @Operation(
            operationId = "getPreview",
            summary = "Preview a link",
            description = "The title, description and image of a page, fetched from a public address of http or https.")
    @APIResponse(
            responseCode = "200",
            description = "The preview",
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @APIResponse(responseCode = "422", description = "`preview_refused`, `preview_unavailable`")
    @APIResponse(responseCode = "429", description = "`rate_limited`, `too_many_at_once`")
    public CompletionStage<RestResponse<Preview>> preview(
            @Parameter(
                            description = "The address of the page",
                            schema = @Schema(minLength = 1, maxLength = MAX_URL, examples = "https://example.com/"))
                    @QueryParam("url")
                    @NotNull
                    @Text(max = MAX_URL)
                    String url) {
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
