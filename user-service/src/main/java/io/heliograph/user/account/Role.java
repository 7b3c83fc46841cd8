package io.heliograph.user.account;

import java.util.List;

/** The roles of an account, by their names in tokens. */
public final class Role {

    public static final String USER = "user";
    public static final String ADMIN = "admin";
    /** A service account with this role manages the rooms of others. */
    public static final String INTEGRATOR = "integrator";
    /** A service account with this role requests tokens for the users of its product. */
    public static final String IMPERSONATOR = "impersonator";
    /** The roles of users, in the order in which they are shown. */
    public static final List<String> ALL = List.of(USER, ADMIN);
    /** The roles that a service account may have, in the order in which they are shown. */
    public static final List<String> OF_SERVICE_ACCOUNTS = List.of(USER, INTEGRATOR, IMPERSONATOR);

    private Role() {}
}
