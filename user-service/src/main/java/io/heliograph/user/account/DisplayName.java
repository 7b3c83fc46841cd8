package io.heliograph.user.account;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The display name of a person, in any script, by the rule of {@link DisplayNames}; null for none. */
@Schema(minLength = 1, maxLength = 64, examples = "Ada Lovelace")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DisplayName.DisplayNameValidator.class)
public @interface DisplayName {

    String message() default "must have 1 to 64 characters, all of them visible, and no word of several alphabets";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Public, as validators are made by reflection. */
    final class DisplayNameValidator implements ConstraintValidator<DisplayName, String> {

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            return name == null || DisplayNames.allow(name);
        }
    }
}
