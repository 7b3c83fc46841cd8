package io.heliograph.localstack.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogTailTest {

    private final LogTail log = new LogTail();

    @Test
    void shouldFindTheRootCauseOfAStackTrace() {
        write(
                "2026-11-29T10:00:00.000Z INFO  [io.hel.Some]  It starts",
                "2026-11-29T10:00:01.000Z ERROR [io.qua.run.Application]  Failed to start application",
                "java.lang.RuntimeException: Failed to start quarkus",
                "\tat io.quarkus.runner.ApplicationImpl.doStart(Unknown Source)",
                "Caused by: java.lang.IllegalStateException: heliograph.tokens.signing-keys is not set",
                "\tat io.heliograph.user.token.SigningKeys.<init>(SigningKeys.java:20)",
                "\t... 12 more");

        assertEquals(
                Optional.of("java.lang.IllegalStateException: heliograph.tokens.signing-keys is not set"),
                log.lastError());
    }

    @Test
    void shouldTreatALineWithoutALevelAsAnError() {
        write(
                "12:04:11,345 WARN  [io.hel.use.sta.StartUpWork]  The start waits for PostgreSQL",
                "user-service gives up its start",
                "12:04:11,345 INFO  [io.quarkus]  user-service stopped in 0.1s",
                "{\"event\":\"sign_in\"}");

        assertEquals(Optional.of("user-service gives up its start"), log.lastError());
    }

    @Test
    void shouldLeaveOutTheTimeTheLevelAndTheLogger() {
        write("12:04:11,345 WARN  [io.hel.use.sta.StartUpWork]  The start waits for PostgreSQL (no answer in time)");

        assertEquals(Optional.of("The start waits for PostgreSQL (no answer in time)"), log.lastError());
    }

    @Test
    void shouldForgetTheErrorsOfAnEarlierProcess() {
        write("an old error");
        log.started();
        write("12:04:11,345 INFO  [io.quarkus]  user-service started");

        assertEquals(Optional.empty(), log.lastError());
        assertEquals(2, log.lines().size());
    }

    private void write(String... lines) {
        List.of(lines).forEach(log::add);
    }
}
