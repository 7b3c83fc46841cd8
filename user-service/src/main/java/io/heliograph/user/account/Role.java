package io.heliograph.user.account;

import java.util.List;

/** What an account may do, as tokens name it. */
public final class Role {

    public static final String USER = "user";
    public static final String ADMIN = "admin";
    /** In the order in which they are shown. */
    public static final List<String> ALL = List.of(USER, ADMIN);

    private Role() {}
}
