package io.heliograph.user.account.role;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first admin, who is created while there is none; not configured by default, and never with a default password.
 */
@ConfigMapping(prefix = BootstrapAdminConfig.PREFIX)
interface BootstrapAdminConfig {

    String PREFIX = "heliograph.admin";

    /** The username of the first admin; given together with {@link #email()}. */
    Optional<String> username();

    /** The e-mail address of the first admin. */
    Optional<String> email();

    /** The password of an account to create. Without it, an existing account becomes admin. */
    Optional<String> password();

    /** A file that holds the password instead, such as a mounted secret; a line break at its end is no part of it. */
    Optional<Path> passwordFile();
}
