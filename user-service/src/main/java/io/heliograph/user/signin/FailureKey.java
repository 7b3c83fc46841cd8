package io.heliograph.user.signin;

import io.heliograph.user.signin.SignInConfig.Limit;
import java.util.List;

/** A row of {@code failed_sign_ins}, and how much there may be in it. */
record FailureKey(String account, String address, Limit limit) {

    private static final String ANY = "";

    /**
     * What a failure counts in. Whoever tries where its owner is signed in does not meet the account as a whole: else
     * strangers could keep it full, and the owner out. In the order of the key, in which all who count lock the rows.
     */
    static List<FailureKey> of(SignInConfig config, String account, String address, boolean signedInThere) {
        FailureKey anyone = new FailureKey(ANY, address, config.address());
        FailureKey here = new FailureKey(account, address, config.accountAtAddress());
        return signedInThere
                ? List.of(anyone, here)
                : List.of(anyone, new FailureKey(account, ANY, config.account()), here);
    }
}
