package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.process.Wrk;
import java.util.List;

/** A kind of request, each with its own route. All send a token, even if the route does not require one. */
public enum Traffic {
    /** Public and not limited: the least work of a proxy. */
    BARE("bare route", "/api/messages/0199c0de-0000-7000-8000-000000000001", ""),
    /** The token is verified, and the limits of the route are applied. */
    FULL("full chain", "/api/rooms/0199c0de-0000-7000-8000-000000000001", ""),
    /** Like {@link #BARE}, with a response that may be cached for a minute. */
    CACHED("from its cache, bare route", "/api/jobs/0199c0de-0000-7000-8000-000000000001", ""),
    /** Like {@link #FULL}, with a response that may be cached for a minute. */
    CACHED_FULL("from its cache, full chain", "/api/previews/0199c0de-0000-7000-8000-000000000001", ""),
    /** Like {@link #CACHED}, from clients that have the response and revalidate it. */
    NOT_MODIFIED("304 from its cache, bare route", CACHED.path, Nginx.TAG);

    private final String label;
    private final String path;
    private final String tag;

    Traffic(String label, String path, String tag) {
        this.label = label;
        this.path = path;
        this.tag = tag;
    }

    public String path() {
        return path;
    }

    /** The part of the name of a contestant in a table. */
    String label() {
        return label;
    }

    /** The calls for this, with the tokens of all users. */
    List<Wrk.Call> calls(List<String> tokens) {
        return tokens.stream().map(token -> new Wrk.Call(path, token, tag)).toList();
    }
}
