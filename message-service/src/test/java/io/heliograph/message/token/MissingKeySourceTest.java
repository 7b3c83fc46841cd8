package io.heliograph.message.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that nobody told where the keys of tokens are does not become ready: it does not start. */
class MissingKeySourceTest {

    @Test
    void shouldRefuseToStartInProduction() throws IOException {
        TokenConfig config = withProfile("prod");

        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Issuer.read(config));

        assertTrue(refusal.getMessage().startsWith("heliograph.tokens.jwks-url: no issuer"), refusal::getMessage);
    }

    @Test
    void shouldTakeTheLocalStackInDevelopment() throws IOException {
        List<Issuer> issuers = Issuer.read(withProfile("dev"));

        assertEquals(
                "http://localhost:8081/.well-known/jwks.json",
                issuers.get(0).location().toString());
    }

    private static TokenConfig withProfile(String profile) throws IOException {
        return new SmallRyeConfigBuilder()
                .withProfile(profile)
                .addDefaultInterceptors()
                .withConverter(Duration.class, 1, new DurationConverter())
                .withSources(
                        new PropertiesConfigSource(MissingKeySourceTest.class.getResource("/application.properties")))
                .withMapping(TokenConfig.class)
                .build()
                .getConfigMapping(TokenConfig.class);
    }
}
