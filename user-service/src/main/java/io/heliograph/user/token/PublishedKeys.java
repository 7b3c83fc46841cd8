package io.heliograph.user.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes the JWK Set of {@link KeySet#published}. */
@Schema(name = "JsonWebKeySet")
record PublishedKeys(List<PublishedKey> keys) {

    /** An RSA key has {@code n} and {@code e}, an elliptic curve key {@code crv}, {@code x} and {@code y}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "JsonWebKey")
    record PublishedKey(
            @Schema(examples = "RSA") String kty,
            @Schema(examples = "sig") String use,
            @Schema(examples = "RS256") String alg,
            String kid,
            @Schema(nullable = true) String n,
            @Schema(nullable = true) String e,
            @Schema(nullable = true) String crv,
            @Schema(nullable = true) String x,
            @Schema(nullable = true) String y) {}
}
