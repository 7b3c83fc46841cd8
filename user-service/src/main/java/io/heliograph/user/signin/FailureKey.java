package io.heliograph.user.signin;

import io.heliograph.user.signin.SignInConfig.Limit;
import java.util.ArrayList;
import java.util.List;

/** A row of {@code failed_sign_ins}, and its limit. */
record FailureKey(String account, String address, Limit limit) {

    private static final String ANY = "";

    /**
     * The keys that a failure of a service account counts in. They are separate from those of users, so that neither
     * exhausts the limit of the other.
     */
    static List<FailureKey> ofClient(SignInConfig config, String client, String network) {
        String place = "client " + network;
        return List.of(
                new FailureKey(ANY, place, config.address()), new FailureKey(client, place, config.accountAtAddress()));
    }

    /**
     * The keys that a failure counts in. A failure at an address where the owner is signed in does not count for the
     * account as a whole, nor for the site; otherwise anyone could lock the owner out. A failure at a known device
     * counts for that device only.
     */
    static List<FailureKey> of(
            SignInConfig config, String account, SignInSource source, boolean signedIn, boolean known) {
        if (known) {
            return List.of(new FailureKey(account, source.devicePlace(), config.accountAtAddress()));
        }
        List<FailureKey> keys = new ArrayList<>();
        keys.add(new FailureKey(ANY, source.network(), config.address()));
        keys.add(new FailureKey(account, source.network(), config.accountAtAddress()));
        if (!signedIn) {
            keys.add(new FailureKey(account, ANY, config.account()));
            if (source.site() != null) {
                keys.add(new FailureKey(ANY, source.site(), config.site()));
                keys.add(new FailureKey(account, source.site(), config.accountAtSite()));
            }
        }
        return List.copyOf(keys);
    }
}
