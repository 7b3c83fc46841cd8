package io.heliograph.user.account;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Usernames that cannot be registered, because their owner would be mistaken for the service or its operators (the
 * mailbox names of RFC 2142 among them). An administrator can assign them.
 */
public final class ReservedUsernames {

    private static final Set<String> ALL = Set.of(
            "abuse",
            "admin",
            "administrator",
            "administrators",
            "admins",
            "all",
            "anonymous",
            "api",
            "bot",
            "channel",
            "deleted",
            "everyone",
            "guest",
            "help",
            "heliograph",
            "helpdesk",
            "here",
            "hostmaster",
            "info",
            "mailer-daemon",
            "me",
            "moderator",
            "no-reply",
            "nobody",
            "noreply",
            "null",
            "official",
            "operator",
            "owner",
            "postmaster",
            "root",
            "security",
            "service",
            "staff",
            "superuser",
            "support",
            "sysadmin",
            "system",
            "undefined",
            "unknown",
            "user",
            "webmaster");

    private ReservedUsernames() {}

    /** Punctuation makes no difference: {@code a.d.m.i.n} looks the same in a hurry. */
    public static boolean contain(String username) {
        String lower = username.toLowerCase(Locale.ROOT);
        return ALL.contains(lower) || ALL.contains(lower.replaceAll("[._-]", ""));
    }

    /** Fails with {@code invalid_request}. */
    public static void check(String username) {
        if (contain(username)) {
            throw ProblemException.invalid(List.of(new FieldError("username", "is reserved")));
        }
    }
}
