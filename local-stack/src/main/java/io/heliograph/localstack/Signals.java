package io.heliograph.localstack;

import java.lang.reflect.Proxy;

/**
 * Handles signals. A stop by a signal is no failure, but by default a JVM then exits with an error code.
 * {@code sun.misc.Signal} is the only API for this, and naming that class is a compiler warning that only reflection
 * avoids.
 */
final class Signals {

    private Signals() {}

    /** Runs {@code action}, on a thread of its own, whenever the signal of that name comes. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object answer = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), answer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not a JVM with sun.misc.Signal", e);
        }
    }
}
