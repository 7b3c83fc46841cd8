package io.heliograph.user.signin.password;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A password that is valid for any account: see {@link PasswordRules#objection(String)}. */
@Schema(
        minLength = 1,
        maxLength = 1024,
        description = "8 to 128 characters in their normal form",
        examples = "correct horse battery")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NewPassword.NewPasswordValidator.class)
public @interface NewPassword {

    String message() default "is not good enough";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /**
     * Public, because validators are created by the container; that happens before the configuration is available, so
     * the rules are looked up later.
     */
    @Singleton
    final class NewPasswordValidator implements ConstraintValidator<NewPassword, String> {

        private final Provider<PasswordRules> rules;

        NewPasswordValidator(Provider<PasswordRules> rules) {
            this.rules = rules;
        }

        @Override
        public boolean isValid(String password, ConstraintValidatorContext context) {
            Optional<String> objection =
                    password == null ? Optional.empty() : rules.get().objection(password);
            objection.ifPresent(message -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
            });
            return objection.isEmpty();
        }
    }
}
