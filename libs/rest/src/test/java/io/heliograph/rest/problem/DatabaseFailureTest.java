package io.heliograph.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each class of SQLSTATE amounts to; the classes are those of PostgreSQL 18, appendix A. */
class DatabaseFailureTest {

    @ParameterizedTest
    @CsvSource({
        "08006, connection failure",
        "25006, read-only transaction",
        "25P03, idle in transaction timeout",
        "25P04, transaction timeout",
        "28P01, password that is being changed",
        "3D000, database that is being restored",
        "40001, serialization failure",
        "40P01, deadlock",
        "53100, disk full",
        "53200, out of memory",
        "53300, too many connections",
        "55006, object in use",
        "55P03, lock timeout",
        "57014, statement timeout",
        "57P01, shutdown",
        "57P02, crash",
        "57P03, start",
        "57P05, idle session timeout",
        "58030, input or output error",
        "72000, snapshot too old"
    })
    void shouldReportStoreUnavailableForTransientFailures(String state, String name) {
        assertThat(ExceptionClassifier.classify(refused(state)))
                .as(name)
                .extracting(ProblemException::code)
                .isEqualTo("store_unavailable");
        assertThat(ExceptionClassifier.classify(refused(state)).headers()).containsKey("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0A000", "0B000", "20000", "21000", "22003", "22021", "23503", "23505", "23514", "24000", "25P02",
                        "26000",
                "2F000", "34000", "38000", "39000", "3B000", "3F000", "42501", "42601", "42P01", "44000", "54000",
                        "55000",
                "F0000", "HV000", "P0001", "XX000", "XX001"
            })
    void shouldReportOtherFailuresAsInternalErrors(String state) {
        assertThat(ExceptionClassifier.classify(refused(state)).code()).isEqualTo("internal_error");
    }

    @Test
    void shouldReportOverloadedWhenTheQueueOfThePoolIsFull() {
        ProblemException problem = ExceptionClassifier.classify(new CompletionException(
                new ConnectionPoolTooBusyException("Connection pool reached max wait queue size")));

        assertThat(problem.code()).isEqualTo("overloaded");
        assertThat(problem.headers()).containsEntry("Retry-After", "1");
    }

    private static PgException refused(String state) {
        return new PgException("refused", "ERROR", state, null);
    }
}
