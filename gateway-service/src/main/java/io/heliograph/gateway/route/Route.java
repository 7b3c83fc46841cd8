package io.heliograph.gateway.route;

import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** Where the calls of one resource go. {@code path} is their common beginning, such as {@code /api/rooms}. */
public record Route(String path, Upstream upstream, Access access, Set<PublicCall> publicCalls) {

    /** A call that needs no token. */
    public record PublicCall(HttpMethod method, String path) {

        static PublicCall parse(String text) {
            int space = text.indexOf(' ');
            if (space < 1 || !text.startsWith("/", space + 1)) {
                throw new IllegalArgumentException("\"" + text + "\" is not of the form \"GET /path\"");
            }
            return new PublicCall(HttpMethod.valueOf(text.substring(0, space)), text.substring(space + 1));
        }
    }

    /** What a call of this method and exact path must show. */
    public Access access(HttpMethod method, String path) {
        boolean open = !publicCalls.isEmpty() && publicCalls.contains(new PublicCall(method, path));
        return open ? Access.OPEN : access;
    }
}
