package io.heliograph.user.account.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ExceptionClassifier;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.NewUser;
import io.heliograph.user.signin.password.PasswordRules;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Set;

/** Validates a row by the rules for the body of a single request. */
@Singleton
class RowReader {

    private final ObjectMapper json;
    private final Validator validator;

    RowReader(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** Throws the problem of an invalid row. */
    NewUser read(JsonNode row) {
        if (!row.isObject()) {
            throw ProblemException.invalid(List.of(new FieldError("user", "must be an object")));
        }
        try {
            NewUser user = json.treeToValue(row, NewUser.class);
            Set<ConstraintViolation<NewUser>> violations = validator.validate(user);
            if (violations.isEmpty()) {
                if (user.password() != null) {
                    PasswordRules.require(
                            "password", user.password(), user.username(), user.email(), user.displayName());
                }
                return user;
            }
            throw ProblemException.invalid(
                    violations.stream().map(RowReader::error).toList());
        } catch (JsonProcessingException e) {
            throw ExceptionClassifier.classify(e);
        }
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        String field = violation.getPropertyPath().toString();
        // The validator reports an error of the element itself with an additional step in its path.
        return new FieldError(field.replace(".<list element>", ""), violation.getMessage());
    }
}
