package io.heliograph.message.websocket;

import io.heliograph.auth.Caller;
import io.heliograph.auth.revocation.Revocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connected sessions by the revocable ids of their callers: the session of the token, and the user. Thread-safe.
 * The sets are small, as users have few sockets, and are replaced when they change.
 */
final class SessionIndex {

    private final Map<Revocation, Set<OpenSession>> sockets = new ConcurrentHashMap<>();

    void add(Caller caller, OpenSession socket) {
        for (Revocation key : keys(caller)) {
            sockets.merge(key, Set.of(socket), SessionIndex::union);
        }
    }

    void remove(Caller caller, OpenSession socket) {
        for (Revocation key : keys(caller)) {
            sockets.computeIfPresent(key, (same, known) -> without(known, socket));
        }
    }

    Set<OpenSession> of(Revocation revocation) {
        return sockets.getOrDefault(revocation, Set.of());
    }

    private static List<Revocation> keys(Caller caller) {
        List<Revocation> keys = new ArrayList<>(List.of(new Revocation.OfUser(caller.id())));
        if (!caller.session().isEmpty()) {
            keys.add(new Revocation.OfSession(caller.session()));
        }
        return keys;
    }

    private static Set<OpenSession> union(Set<OpenSession> some, Set<OpenSession> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Null, which removes the key, if no session is left. */
    private static Set<OpenSession> without(Set<OpenSession> known, OpenSession socket) {
        Set<OpenSession> left =
                known.stream().filter(Predicate.not(socket::equals)).collect(Collectors.toUnmodifiableSet());
        return left.isEmpty() ? null : left;
    }
}
