package io.heliograph.user.account;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The name of an account: ASCII, so that no script imitates another, and only case has to be folded. */
@Pattern(
        regexp = "[A-Za-z0-9][A-Za-z0-9._-]{2,31}",
        message = "must be 3 to 32 of A-Z, a-z, 0-9, '.', '_' and '-', the first a letter or a digit")
@Schema(minLength = 3, maxLength = 32, examples = "ada")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
public @interface Username {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
