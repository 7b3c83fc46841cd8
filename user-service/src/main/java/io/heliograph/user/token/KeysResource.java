package io.heliograph.user.token;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** The public keys by which anyone checks an access token. */
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
    public Response keys(@Context Request request) {
        KeySet current = keys.current();
        EntityTag version = new EntityTag(current.version());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(version);
        return (unchanged == null ? Response.ok(current.published()) : unchanged)
                .tag(version)
                .header(HttpHeaders.CACHE_CONTROL, CACHE)
                .build();
    }
}
