package io.heliograph.user.token;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The public keys by which anyone checks an access token. */
@Path("/.well-known/jwks.json")
class KeysResource {

    /** In seconds. A verifier that meets a key it does not know asks again at once, so this bounds only a removal. */
    private static final String CACHE = "public, max-age=300";

    private final SigningKeys keys;

    KeysResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response keys() {
        return Response.ok(keys.published())
                .header(HttpHeaders.CACHE_CONTROL, CACHE)
                .build();
    }
}
