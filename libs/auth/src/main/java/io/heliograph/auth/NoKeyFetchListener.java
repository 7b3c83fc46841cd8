package io.heliograph.auth;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** For services that do not watch the fetches. */
@DefaultBean
@Singleton
final class NoKeyFetchListener implements KeyFetchListener {

    @Override
    public Consumer<Throwable> begin(String location) {
        return failure -> {};
    }
}
