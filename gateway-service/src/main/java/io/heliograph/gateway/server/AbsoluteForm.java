package io.heliograph.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/** A request target that names its host too, as clients write it to a proxy; every server takes it (RFC 9112, 3.2.2). */
final class AbsoluteForm {

    private AbsoluteForm() {}

    /** Makes of it a path and a host, of which what {@code Host} says counts no more. False if it names no sound host. */
    static boolean resolve(HttpRequest request) {
        String uri = request.uri();
        int start = afterScheme(uri);
        if (start == 0) {
            return true;
        }
        int end = start;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        String host = uri.substring(start, end);
        if (!HostValidator.isValid(host)) {
            return false;
        }
        request.setUri(target(request, uri.substring(end)));
        request.headers().set(HttpHeaderNames.HOST, host);
        return true;
    }

    private static String target(HttpRequest request, String rest) {
        if (rest.isEmpty()) {
            return HttpMethod.OPTIONS.equals(request.method()) ? "*" : "/";
        }
        return rest.charAt(0) == '/' ? rest : "/" + rest;
    }

    /** 0 if it is in no absolute form. */
    private static int afterScheme(String uri) {
        if (uri.startsWith("/")) {
            return 0;
        } else if (uri.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
    }
}
