package io.heliograph.gateway.routing;

import io.vertx.core.http.HttpMethod;

/** A method and an exact path. */
public record Endpoint(HttpMethod method, String path) {

    /** Parses the form {@code GET /path}. */
    static Endpoint parse(String text) {
        int space = text.indexOf(' ');
        if (space < 1 || !text.startsWith("/", space + 1)) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form \"GET /path\"");
        }
        return new Endpoint(AllowedMethods.parse(text.substring(0, space)), text.substring(space + 1));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
