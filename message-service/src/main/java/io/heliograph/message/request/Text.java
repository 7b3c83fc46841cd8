package io.heliograph.message.request;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.ElementType.TYPE_USE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Text that PostgreSQL can store unchanged, with a number of characters (code points) within these bounds. */
@Target({FIELD, PARAMETER, RECORD_COMPONENT, TYPE_USE})
@Retention(RUNTIME)
@Constraint(validatedBy = Text.Validator.class)
@Schema(pattern = "^[^\\u0000]*$")
public @interface Text {

    int min() default 1;

    int max();

    /** Whether at least one visible character is required. */
    boolean visible() default false;

    String message() default "must be text within its bounds";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The same check for text that does not arrive over HTTP. */
    final class Validator implements ConstraintValidator<Text, String> {

        private Text bounds;

        @Override
        public void initialize(Text bounds) {
            this.bounds = bounds;
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            String fault = value == null ? null : fault(value);
            if (fault != null) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(fault).addConstraintViolation();
            }
            return fault == null;
        }

        private String fault(String value) {
            String fault = fault(value, bounds.min(), bounds.max());
            return fault == null && bounds.visible() ? blank(value) : fault;
        }

        /** The error of a text without a visible character, or null. */
        public static String blank(String value) {
            return VisibleText.isBlank(value) ? "must have a visible character" : null;
        }

        /** The error of this text, or null. */
        public static String fault(String value, int min, int max) {
            int characters = value.codePointCount(0, value.length());
            if (characters < min || characters > max) {
                return "must have " + min + " to " + max + " characters";
            }
            if (value.indexOf('\0') >= 0) {
                return "must not contain NUL";
            }
            // Half of a surrogate pair is no character: UTF-8 cannot hold it, and it would be stored as a question
            // mark.
            return value.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)
                    ? "must be well-formed Unicode"
                    : null;
        }
    }
}
