package io.heliograph.user.token;

import io.heliograph.rest.caching.EntityTags;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys that verify access tokens. */
@Tag(name = "auth")
@Path("/.well-known/jwks.json")
class KeysResource {

    /** In seconds. Far below the time for which a key is published before it signs. */
    private static final String CACHE = "public, max-age=300";

    private final SigningKeys keys;

    KeysResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getKeys",
            summary = "Read the keys that verify access tokens",
            description = "A JWK Set (RFC 7517).")
    @APIResponse(
            responseCode = "200",
            description = "The public keys",
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Cache-Control", ref = "Cache-Control")},
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PublishedKeys.class)))
    public Response keys(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String seen) {
        KeySet current = keys.current();
        EntityTag version = new EntityTag(current.version());
        Response.ResponseBuilder answer = EntityTags.ifNoneMatch(seen).nameWeakly(version)
                ? Response.notModified()
                : Response.ok(current.published());
        return answer.tag(version).header(HttpHeaders.CACHE_CONTROL, CACHE).build();
    }
}
