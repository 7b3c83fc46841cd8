package io.heliograph.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.auth.TokenException;
import io.heliograph.http.FieldError;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemExceptionTest {

    @ParameterizedTest
    @CsvSource({"PT0S, 0, 1", "PT0.000000001S, 1, 1", "PT1S, 1, 1", "PT1.001S, 2, 2", "PT59.5S, 60, 60"})
    void shouldRoundRetryAfterUp(Duration retryAfter, String unavailable, String tooMany) {
        assertThat(ProblemException.unavailable("c", "d", retryAfter).headers())
                .containsEntry("Retry-After", unavailable);
        assertThat(ProblemException.tooManyRequests("c", "d", retryAfter).headers())
                .containsEntry("Retry-After", tooMany);
    }

    @Test
    void shouldNameTheFirstFiftyFieldsAtMost() {
        ProblemException problem = ProblemException.invalid(IntStream.range(0, 1_000)
                .mapToObj(i -> new FieldError("f" + i, "is wrong"))
                .toList());

        assertThat(problem.details("id").errors()).hasSize(50).contains(new FieldError("f0", "is wrong"));
    }

    @Test
    void shouldWriteTheDocumentOfRfc9457() {
        assertThat(ProblemException.unprocessable("preview_refused", "No.")
                        .details("id")
                        .toJson()
                        .encode())
                .isEqualTo("{\"type\":\"urn:heliograph:problem:preview_refused\",\"title\":\"Unprocessable Content\","
                        + "\"status\":422,\"detail\":\"No.\",\"code\":\"preview_refused\",\"requestId\":\"id\"}");
    }

    @ParameterizedTest
    @EnumSource
    void shouldMapEachReasonOfATokenToItsStatusAndCode(TokenException.Reason reason) {
        ProblemException problem = ExceptionClassifier.classify(new TokenException(reason));

        assertThat(problem.status().getStatusCode()).isEqualTo(reason.status());
        assertThat(problem.code()).isEqualTo(reason.code());
        assertThat(problem.headers()).containsKey(reason.isUnavailable() ? "Retry-After" : "WWW-Authenticate");
    }
}
