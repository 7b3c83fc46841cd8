package io.heliograph.e2e.testsupport;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests that ask for one the {@link Heliograph} of this JVM, which starts at the first and ends at the last. Of
 * the session and not of the root context: each class has a root of its own where JVMs share the classes.
 */
public final class RunningHeliograph implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningHeliograph.class);

    static {
        // A slow machine does everything, but later; tests of a time set their own timeout.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(3));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Heliograph.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Heliograph.class, key -> Heliograph.start(), Heliograph.class);
    }
}
