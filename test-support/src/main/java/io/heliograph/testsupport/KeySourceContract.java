package io.heliograph.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The location of the keys by which a service verifies tokens. There is none by default in production, where the service
 * does not start without it: one that is ready and rejects every token would take traffic from others.
 */
public abstract class KeySourceContract {

    @Test
    void shouldHaveNoDefaultInProduction() throws IOException {
        assertThat(jwksUrl("prod")).isEmpty();
    }

    @Test
    void shouldBeTheLocalStackInDevelopment() throws IOException {
        assertThat(jwksUrl("dev")).contains("http://localhost:8081/.well-known/jwks.json");
    }

    private Optional<String> jwksUrl(String profile) throws IOException {
        return new SmallRyeConfigBuilder()
                .withProfile(profile)
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(getClass().getResource("/application.properties")))
                .build()
                .getOptionalValue("heliograph.tokens.jwks-url", String.class);
    }
}
