package io.heliograph.user.account;

import java.util.List;

/** The roles of an account, by their names in tokens. */
public final class Role {

    public static final String USER = "user";
    public static final String ADMIN = "admin";
    /** Of a service account that looks after the rooms of others. */
    public static final String INTEGRATOR = "integrator";
    /** Of a service account that gets tokens for the users of its product. */
    public static final String IMPERSONATOR = "impersonator";
    /** In the order in which they are shown. */
    public static final List<String> ALL = List.of(USER, ADMIN);
    /** Those that a service account may have, in the order in which they are shown. */
    public static final List<String> OF_SERVICE_ACCOUNTS = List.of(USER, INTEGRATOR, IMPERSONATOR);

    private Role() {}
}
