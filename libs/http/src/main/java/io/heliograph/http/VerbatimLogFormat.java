package io.heliograph.http;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.formatters.StructuredFormatter;

/**
 * Writes the lines of some log categories unchanged, because they already are JSON, even if all other lines are
 * converted to JSON. The categories are {@code heliograph.log.verbatim-categories}.
 */
@Singleton
final class VerbatimLogFormat {

    private static final int BEFORE_ANYTHING_IS_LOGGED = 1;

    private final List<String> categories;

    VerbatimLogFormat(@ConfigProperty(name = "heliograph.log.verbatim-categories") Optional<List<String>> categories) {
        this.categories = categories.orElse(List.of());
    }

    void apply(@Observes @Priority(BEFORE_ANYTHING_IS_LOGGED) StartupEvent event) {
        categories.forEach(category -> apply(Logger.getLogger(category).getHandlers()));
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
