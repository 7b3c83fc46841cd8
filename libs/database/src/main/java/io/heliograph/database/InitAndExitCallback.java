package io.heliograph.database;

import io.quarkus.runtime.PreventFurtherStepsException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * With {@code quarkus.init-and-exit} ends the process with code 0 as soon as the schema is migrated. Quarkus would do so
 * some steps later, after a wait of five seconds for a stop that cannot begin while it waits. Flyway creates it by name,
 * see {@code quarkus.flyway.callbacks}.
 */
public final class InitAndExitCallback implements Callback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE_OPERATION_FINISH;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        if (isJob()) {
            throw new PreventFurtherStepsException("The schema is migrated, which is all that is to be done.", 0);
        }
    }

    @Override
    public String getCallbackName() {
        return getClass().getSimpleName();
    }

    private static boolean isJob() {
        return ConfigProvider.getConfig()
                .getOptionalValue("quarkus.init-and-exit", Boolean.class)
                .orElse(false);
    }
}
