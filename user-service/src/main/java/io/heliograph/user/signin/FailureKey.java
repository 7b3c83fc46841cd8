package io.heliograph.user.signin;

import io.heliograph.user.signin.SignInConfig.Limit;
import java.util.ArrayList;
import java.util.List;

/** A row of {@code failed_sign_ins}, and how much there may be in it. */
record FailureKey(String account, String address, Limit limit) {

    private static final String ANY = "";

    /** What a failure of a service account counts in: apart from people, so that neither uses up what the other may. */
    static List<FailureKey> ofClient(SignInConfig config, String client, String network) {
        String place = "client " + network;
        return List.of(
                new FailureKey(ANY, place, config.address()), new FailureKey(client, place, config.accountAtAddress()));
    }

    /**
     * What a failure counts in. Whoever tries where its owner is signed in does not meet the account as a whole, nor the
     * site: else strangers could keep it full, and the owner out. At a device where the account signed in before only
     * what failed at that device counts.
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
