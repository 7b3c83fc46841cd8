package io.heliograph.gateway.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.auth.TokenConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Without a key source the service does not start in production. */
class MissingKeySourceTest {

    @Test
    void shouldHaveNoDefaultInProduction() throws IOException {
        assertEquals(Optional.empty(), jwksUrl("prod"));
    }

    @Test
    void shouldBeTheLocalStackInDevelopment() throws IOException {
        assertEquals(Optional.of(URI.create("http://localhost:8081/.well-known/jwks.json")), jwksUrl("dev"));
    }

    private static Optional<URI> jwksUrl(String profile) throws IOException {
        return new SmallRyeConfigBuilder()
                .withProfile(profile)
                .addDefaultInterceptors()
                .withConverter(Duration.class, 1, new DurationConverter())
                .withSources(
                        new PropertiesConfigSource(MissingKeySourceTest.class.getResource("/application.properties")))
                .withMapping(TokenConfig.class)
                .build()
                .getConfigMapping(TokenConfig.class)
                .jwksUrl();
    }
}
