package io.heliograph.user.account;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parses the {@code ids} parameter: 1 to 500 ids, separated by commas; repeated ids are looked up once. */
final class AccountIds {

    /** The number of ids that fits well into a request line of 32 KiB, and covers a page of any list. */
    private static final int MOST = 500;

    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private AccountIds() {}

    static Set<UUID> parse(String ids) {
        String[] asked = ids == null ? new String[0] : ids.split(",", MOST + 1);
        if (asked.length == 0 || asked.length > MOST) {
            throw invalid("must be 1 to " + MOST + " ids between commas");
        }
        Set<UUID> parsed = new LinkedHashSet<>();
        for (String id : asked) {
            parsed.add(parseOne(id));
        }
        return parsed;
    }

    private static UUID parseOne(String id) {
        // Java reads 1-2-3-4-5 as an id, too.
        if (!ID.matcher(id).matches()) {
            throw invalid("must be UUIDs between commas");
        }
        return UUID.fromString(id);
    }

    private static ProblemException invalid(String message) {
        return ProblemException.invalid(List.of(new FieldError("ids", message)));
    }
}
