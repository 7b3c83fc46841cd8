package io.heliograph.testsupport;

import io.smallrye.config.SmallRyeConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The configuration of one feature with values that a test can change while the service runs, so that bounds low enough
 * to meet need no start of their own. What the service reads once at its start stays as it was. A feature with such
 * bounds has a producer of {@link #config()} in its package.
 */
public final class SettableConfig<T> {

    private final Class<T> mapping;
    private final Map<String, Object> changed = new ConcurrentHashMap<>();

    private SettableConfig(Class<T> mapping) {
        this.mapping = mapping;
    }

    /** {@code mapping} is a {@code @ConfigMapping} interface. */
    public static <T> SettableConfig<T> of(Class<T> mapping) {
        return new SettableConfig<>(mapping);
    }

    /** The configuration as it is at each call. */
    public T config() {
        T configured = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(mapping);
        return mapping.cast(Proxy.newProxyInstance(
                mapping.getClassLoader(), new Class<?>[] {mapping}, (proxy, method, arguments) -> {
                    Object value = changed.get(method.getName());
                    return value == null ? call(configured, method, arguments) : value;
                }));
    }

    /** From now on, until {@link #reset}, the method {@code name} of the mapping returns this. */
    public void set(String name, Object value) {
        if (Arrays.stream(mapping.getMethods())
                .noneMatch(method -> method.getName().equals(name))) {
            throw new IllegalArgumentException(mapping.getSimpleName() + " has no " + name);
        }
        changed.put(name, value);
    }

    /** All is as it was configured. */
    public void reset() {
        changed.clear();
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
