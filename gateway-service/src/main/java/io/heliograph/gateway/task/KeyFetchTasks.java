package io.heliograph.gateway.task;

import io.heliograph.auth.KeyFetchListener;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Each fetch of the keys of an issuer is a task. */
@Singleton
final class KeyFetchTasks implements KeyFetchListener {

    private final Tasks tasks;

    KeyFetchTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Consumer<Throwable> begin(String location) {
        return tasks.begin(TaskKind.KEY_REFRESH, location)::complete;
    }
}
