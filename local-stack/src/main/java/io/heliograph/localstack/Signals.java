package io.heliograph.localstack;

import java.lang.reflect.Proxy;

/**
 * Answers signals. To have been asked to stop is no failure, but left to itself a JVM that ends by a signal exits as if
 * it were one. {@code sun.misc.Signal} is the only way to it, and naming that class is a warning that nothing but
 * reflection silences.
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
