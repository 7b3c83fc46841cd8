package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.cache.CacheConfig;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.server.ConnectionConfig;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Bounds of the gateway under test that a test can shorten for itself, so that it need not wait for long and the others
 * do not depend on how fast the machine is. {@link GatewayTest} restores the configured ones after each test. A packaged
 * gateway has only the configured ones.
 */
final class TestBounds {

    /** By the name of the setting's method. */
    private static final Map<String, Duration> SHORTENED = new ConcurrentHashMap<>();

    private TestBounds() {}

    /** For connections that are opened from now on. */
    static void headerTimeout(Duration timeout) {
        shorten("headerTimeout", timeout);
    }

    static void bodyTimeout(Duration timeout) {
        shorten("bodyTimeout", timeout);
    }

    /** How long a client that has ended its side of a connection is still answered. */
    static void halfClosedTimeout(Duration timeout) {
        shorten("halfClosedTimeout", timeout);
    }

    /** How old a cached answer may be while Redis does not tell what was purged. */
    static void maxPurgeLag(Duration age) {
        shorten("maxPurgeLag", age);
    }

    private static void shorten(String setting, Duration duration) {
        boolean known = Stream.of(ConnectionConfig.class, RequestConfig.class, CacheConfig.class)
                .flatMap(type -> Stream.of(type.getMethods()))
                .anyMatch(method -> method.getName().equals(setting));
        if (!known) {
            throw new IllegalArgumentException("no setting has the method " + setting);
        }
        SHORTENED.put(setting, duration);
    }

    static void restore() {
        SHORTENED.clear();
    }

    /** Takes the place of the settings of the service. */
    @Alternative
    @Priority(1)
    @Singleton
    static final class Settings {

        @Produces
        @Singleton
        ConnectionConfig wire() {
            return settable(ConnectionConfig.class);
        }

        @Produces
        @Singleton
        RequestConfig request() {
            return settable(RequestConfig.class);
        }

        @Produces
        @Singleton
        CacheConfig cache() {
            return settable(CacheConfig.class);
        }

        private static <T> T settable(Class<T> type) {
            T configured =
                    ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(type);
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        Duration shortened = SHORTENED.get(method.getName());
                        return shortened == null ? method.invoke(configured, arguments) : shortened;
                    }));
        }
    }
}
