package io.heliograph.user.account.profile;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The reservation of names that are given up; the value and its reason are in application.properties. */
@ConfigMapping(prefix = "heliograph.accounts")
interface ProfileConfig {

    /** How long only the previous owner may take such a name. Zero: not at all. */
    Duration nameReservation();
}
