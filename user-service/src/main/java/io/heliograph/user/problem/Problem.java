package io.heliograph.user.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The body of every refusal (RFC 9457). Programs branch on {@code code}, which never changes; texts may. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type, String title, int status, String detail, String code, String requestId, List<FieldError> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Refusal refusal, String requestId) {
        return new Problem(
                "urn:heliograph:problem:" + refusal.code(),
                refusal.status().getReasonPhrase(),
                refusal.status().getStatusCode(),
                refusal.getMessage(),
                refusal.code(),
                requestId,
                refusal.errors());
    }
}
