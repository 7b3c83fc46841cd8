package io.heliograph.user.account.profile;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** What becomes of names that are given up; the value and its reason are in application.properties. */
@ConfigMapping(prefix = "heliograph.accounts")
interface ProfileConfig {

    /** How long nobody else may take them. Zero frees them at once. */
    Duration nameRest();
}
