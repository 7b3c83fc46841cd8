package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.cache.CacheConfig;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.server.ConnectionConfig;
import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Bounds of the gateway under test that a test can shorten for itself, so that it need not wait for long and the others
 * do not depend on how fast the machine is. {@link GatewayTest} restores the configured ones after each test. A
 * packaged
 * gateway has only the configured ones.
 */
final class TestBounds {

    private static final SettableConfig<ConnectionConfig> CONNECTION = SettableConfig.of(ConnectionConfig.class);
    private static final SettableConfig<RequestConfig> REQUEST = SettableConfig.of(RequestConfig.class);
    private static final SettableConfig<CacheConfig> CACHE = SettableConfig.of(CacheConfig.class);

    private TestBounds() {}

    /** For connections that are opened from now on. */
    static void headerTimeout(Duration timeout) {
        CONNECTION.set("headerTimeout", timeout);
    }

    static void bodyTimeout(Duration timeout) {
        REQUEST.set("bodyTimeout", timeout);
    }

    /** The half-closed timeout. */
    static void halfClosedTimeout(Duration timeout) {
        CONNECTION.set("halfClosedTimeout", timeout);
    }

    /** The maximal purge lag. */
    static void maxPurgeLag(Duration age) {
        CACHE.set("maxPurgeLag", age);
    }

    static void restore() {
        CONNECTION.reset();
        REQUEST.reset();
        CACHE.reset();
    }

    /** Takes the place of the settings of the service. */
    @Alternative
    @Priority(1)
    @Singleton
    static final class Settings {

        @Produces
        @Singleton
        ConnectionConfig wire() {
            return CONNECTION.config();
        }

        @Produces
        @Singleton
        RequestConfig request() {
            return REQUEST.config();
        }

        @Produces
        @Singleton
        CacheConfig cache() {
            return CACHE.config();
        }
    }
}
