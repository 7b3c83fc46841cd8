package io.heliograph.gateway.pipeline;

import io.heliograph.testsupport.OpenIdProvider;

/** The base of tests of an {@linkplain Embedded embedded} gateway: tokens of the other issuer. */
abstract class EmbeddedTest extends GatewayTest {

    /** Set by the test resource. */
    OpenIdProvider other;

    @Override
    String bearer() {
        String token = other.token("RS256", claims -> claims.setStringListClaim("groups", "admin"));
        return "Authorization: Bearer " + token + "\r\n";
    }
}
