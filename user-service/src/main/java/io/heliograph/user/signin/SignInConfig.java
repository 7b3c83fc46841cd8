package io.heliograph.user.signin;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The limits of failed sign-ins; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.sign-ins")
public interface SignInConfig {

    /** Failures of one account from one address. */
    Limit accountAtAddress();

    /** Failures of one account from all addresses at which it is not signed in. */
    Limit account();

    /** Failures of all accounts from one address. */
    Limit address();

    /** Failures of one account from one site of IPv6, 48 bits, at which it is not signed in. */
    Limit accountAtSite();

    /** Failures of all accounts from one site of IPv6. */
    Limit site();

    /** The number of failures within the window; each expires after its share of the window. */
    interface Limit {

        int failures();

        Duration window();

        /** How long one failure counts, in seconds. */
        default double step() {
            return (double) window().toMillis() / 1_000 / failures();
        }

        /** The sum of counted failures up to which another attempt is allowed, in seconds. */
        default double allowance() {
            return step() * (failures() - 1);
        }
    }
}
