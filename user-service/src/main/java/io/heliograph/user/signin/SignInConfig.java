package io.heliograph.user.signin;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How many passwords may be guessed; the values and their reasons are in application.properties. Public for its groups. */
@ConfigMapping(prefix = "heliograph.sign-ins")
public interface SignInConfig {

    /** Of one account from one address. */
    Limit accountAtAddress();

    /** Of one account from all addresses at which it is not signed in. */
    Limit account();

    /** Of all accounts from one address. */
    Limit address();

    /** Of one account from one site of IPv6, 48 bits, at which it is not signed in. */
    Limit accountAtSite();

    /** Of all accounts from one site of IPv6. */
    Limit site();

    /** The number of failures in a row; each is forgotten after its share of the window. */
    interface Limit {

        int failures();

        Duration window();

        /** In seconds, how long one failure counts. */
        default double step() {
            return (double) window().toMillis() / 1_000 / failures();
        }

        /** In seconds, how much failing may be there and yet another attempt be judged. */
        default double allowance() {
            return step() * (failures() - 1);
        }
    }
}
