package io.heliograph.user.password;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;

/** A password that an account may be given: long enough, and none of those that are guessed first, in whatever case. */
@Size(min = 8, max = 128, message = "must have 8 to 128 characters")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NewPassword.Rule.class)
public @interface NewPassword {

    String message() default "must not be one of the most common passwords";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Public, as validators are made by reflection. */
    final class Rule implements ConstraintValidator<NewPassword, String> {

        private static final CommonPasswords COMMON = CommonPasswords.load();

        @Override
        public boolean isValid(String password, ConstraintValidatorContext context) {
            return password == null || !COMMON.contain(password.toLowerCase(Locale.ROOT));
        }
    }
}
