package io.heliograph.gateway.accesslog;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.formatters.StructuredFormatter;

/** Keeps the lines of the access log, which are JSON already, unchanged where the console log is formatted as JSON. */
@Singleton
final class AccessLogFormat {

    private static final int BEFORE_ANYTHING_IS_LOGGED = 1;

    void apply(@Observes @Priority(BEFORE_ANYTHING_IS_LOGGED) StartupEvent event) {
        apply(Logger.getLogger("heliograph.access").getHandlers());
    }

    private static void apply(Handler[] handlers) {
        for (Handler handler : handlers) {
            if (handler.getFormatter() instanceof StructuredFormatter) {
                handler.setFormatter(new PatternFormatter("%s%n"));
            }
            if (handler instanceof ExtHandler outer) {
                apply(outer.getHandlers());
            }
        }
    }
}
