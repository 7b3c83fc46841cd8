package io.heliograph.testsupport;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.localstack.store.PostgresServer;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How every service that has PostgreSQL answers for a deadlock and for a pool that is used up. The service under test is
 * configured with a pool of which connections and queue together have less than {@value #CALLERS} places.
 */
public abstract class DatabaseFailureContract {

    private static final int CALLERS = 40;

    /** Set by {@link EmbeddedStores}. */
    protected PostgresServer postgres;

    /** With its schema: a table that {@link #write} writes and {@link #read} reads. */
    protected abstract String table();

    protected abstract Response write();

    protected abstract Response read();

    @Test
    void shouldReportStoreUnavailableAfterADeadlock() throws SQLException {
        assertEquals(200, read().statusCode());
        String raise = """
                create function public.deadlock() returns trigger language plpgsql as
                $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$;
                create trigger deadlock before insert or update on %s execute function public.deadlock()
                """;
        execute(raise.formatted(table()));
        Response answer;
        try {
            answer = write();
        } finally {
            execute("drop function public.deadlock cascade");
        }

        assertUnavailable(answer, equalTo("store_unavailable"));
        await().until(() -> write().statusCode() / 100 == 2);
    }

    @Test
    @Timeout(180)
    void shouldReportOverloadedWhileTheQueueOfThePoolIsFull() throws SQLException {
        assertEquals(200, read().statusCode());
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Connection owner = connect();
                Statement lock = owner.createStatement()) {
            owner.setAutoCommit(false);
            lock.execute("lock table " + table() + " in access exclusive mode");

            // None gets a result while the table is locked. How many find the queue full depends on how fast they come.
            List<Response> answers = new ArrayList<>();
            while (answers.stream().noneMatch(answer -> "overloaded".equals(answer.path("code")))) {
                answers.addAll(readAtOnce(callers));
            }
            owner.rollback();

            answers.forEach(answer -> assertUnavailable(answer, oneOf("overloaded", "store_unavailable")));
        } finally {
            callers.shutdown();
        }
        await().until(() -> read().statusCode() == 200);
    }

    private List<Response> readAtOnce(ExecutorService callers) {
        List<CompletableFuture<Response>> answers = IntStream.range(0, CALLERS)
                .mapToObj(number -> CompletableFuture.supplyAsync(this::read, callers))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static void assertUnavailable(Response answer, Matcher<String> code) {
        answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("code", code)
                .header("Retry-After", matchesPattern("[1-9]\\d*"));
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement all = connection.createStatement()) {
            all.execute(statement);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
    }
}
