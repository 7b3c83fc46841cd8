package io.heliograph.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.heliograph.http.FieldError;
import io.heliograph.rest.metadata.Metadata;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Says which field is wrong and how, without repeating the value: it may be a password. */
final class InvalidInput {

    private static final String WHOLE_BODY = "body";

    private InvalidInput() {}

    static ProblemException of(ConstraintViolationException violations) {
        return ProblemException.invalid(violations.getConstraintViolations().stream()
                .map(InvalidInput::error)
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .toList());
    }

    static ProblemException of(JsonProcessingException failure) {
        if (failure instanceof MismatchedInputException mismatch) {
            return ProblemException.invalid(
                    List.of(new FieldError(field(mismatch), expectation(mismatch.getTargetType()))));
        } else if (failure instanceof JsonMappingException mapping
                && mapping.getCause() instanceof InputCoercionException) {
            return ProblemException.invalid(
                    List.of(new FieldError(field(mapping), "must be a number within its bounds")));
        }
        return ProblemException.invalidJson();
    }

    /** The failure quotes the value that is not a number; the query has the name of its parameter. */
    static ProblemException of(NumberFormatException failure) {
        String message = String.valueOf(failure.getMessage());
        return ProblemException.invalid(
                CurrentRequestManager.get().getUriInfo().getQueryParameters().entrySet().stream()
                        .filter(parameter ->
                                parameter.getValue().stream().anyMatch(value -> message.contains('"' + value + '"')))
                        .map(parameter -> new FieldError(parameter.getKey(), "must be a number within its bounds"))
                        .toList());
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        return new FieldError(field(violation.getPropertyPath()), violation.getMessage());
    }

    /** The path is {@code method.parameter.field…}; the caller knows the field, or the parameter if it is all. */
    private static String field(Path path) {
        String[] parts = path.toString().split("\\.", 3);
        // An error of an element itself has a step of its own below the element.
        return parts[parts.length - 1].replace(".<list element>", "");
    }

    private static String field(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? WHOLE_BODY : path.toString();
    }

    private static String expectation(Class<?> target) {
        if (target == null) {
            return "is not what was expected";
        } else if (target == String.class) {
            return "must be text";
        } else if (target == boolean.class || target == Boolean.class) {
            return "must be true or false";
        } else if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
            return "must be a number";
        } else if (Collection.class.isAssignableFrom(target) || target.isArray()) {
            return "must be a list";
        } else if (target == Metadata.class) {
            return Metadata.BOUNDS;
        } else if (target.isRecord()) {
            return "must be an object";
        }
        return "has the wrong form";
    }
}
