package io.heliograph.user.account;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An address as browsers validate it (HTML, "valid email address"), with a dot in its domain: ASCII, so that no two
 * addresses look alike. It is not checked whether mail arrives.
 */
@Size(max = 254, message = "must have at most 254 characters")
@Pattern(
        regexp = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + EmailAddress.LABEL + "(\\." + EmailAddress.LABEL + ")+",
        message = "must be an email address")
@Schema(format = "email", examples = "ada@example.com")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
public @interface EmailAddress {

    /** A label of a domain. */
    String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
