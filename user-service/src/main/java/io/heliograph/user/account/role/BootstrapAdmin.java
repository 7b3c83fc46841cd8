package io.heliograph.user.account.role;

import io.heliograph.user.account.NewUser;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The configured first admin. Invalid settings fail every start, a missing file only the start that needs it. */
@Singleton
class BootstrapAdmin {

    private final BootstrapAdminConfig config;
    private final Validator validator;

    BootstrapAdmin(BootstrapAdminConfig config, Validator validator) {
        this.config = config;
        this.validator = validator;
        requireValid();
    }

    boolean isGiven() {
        return config.username().isPresent();
    }

    /** Without a password it refers to an existing account. */
    NewUser read() {
        Optional<String> password =
                config.password().or(() -> config.passwordFile().map(BootstrapAdmin::read));
        return valid(password.orElse(null));
    }

    private void requireValid() {
        if (isGiven()) {
            valid(null);
        } else if (config.email().isPresent()
                || config.password().isPresent()
                || config.passwordFile().isPresent()) {
            throw invalid("username", "is not set, but others of its settings are");
        }
        if (config.password().isPresent() && config.passwordFile().isPresent()) {
            throw invalid("password", "and .password-file are both set: give one of them");
        }
    }

    private NewUser valid(String password) {
        NewUser admin =
                new NewUser(config.username().orElse(null), config.email().orElse(null), null, password, null);
        validator.validate(admin).stream().findFirst().ifPresent(violation -> {
            throw invalid(violation.getPropertyPath().toString(), violation.getMessage());
        });
        return admin;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw invalid("password-file", "(" + file + ") cannot be read as text");
        }
    }

    private static IllegalStateException invalid(String key, String fault) {
        return new IllegalStateException("%s.%s %s".formatted(BootstrapAdminConfig.PREFIX, key, fault));
    }
}
