package io.heliograph.message.room;

import io.heliograph.message.request.VisibleText;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a room, in any script, by the rule of {@link VisibleText}; null for none. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RoomName.RoomNameValidator.class)
@interface RoomName {

    String message() default "must be one line of visible characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Public, because validators are created by reflection. */
    final class RoomNameValidator implements ConstraintValidator<RoomName, String> {

        /** Needed because the validator itself is not public. */
        public RoomNameValidator() {}

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            // An empty name is too short, which is a violation of its own.
            return name == null || name.isEmpty() || VisibleText.isName(VisibleText.foldName(name));
        }
    }
}
