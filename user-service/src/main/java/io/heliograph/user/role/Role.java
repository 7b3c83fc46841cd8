package io.heliograph.user.role;

import java.util.List;

/** What an account may do, as tokens name it. */
final class Role {

    static final String USER = "user";
    static final String ADMIN = "admin";
    /** In the order in which they are shown. */
    static final List<String> ALL = List.of(USER, ADMIN);

    private Role() {}
}
