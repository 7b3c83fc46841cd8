package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.process.Wrk;
import java.util.List;

/** What is asked of a proxy, each on a route of its own; all send a token, whether or not somebody looks at it. */
public enum Traffic {
    /** Passed on for anyone, counted by no limit: the least that a proxy does. */
    BARE("bare route", "/api/messages/0199c0de-0000-7000-8000-000000000001", ""),
    /** The token is verified, and the limits of the route are charged. */
    FULL("full chain", "/api/rooms/0199c0de-0000-7000-8000-000000000001", ""),
    /** As {@link #BARE}, with an answer that may be kept for a minute. */
    KEPT("from its cache, bare route", "/api/jobs/0199c0de-0000-7000-8000-000000000001", ""),
    /** As {@link #FULL}, with an answer that may be kept for a minute. */
    KEPT_FULL("from its cache, full chain", "/api/previews/0199c0de-0000-7000-8000-000000000001", ""),
    /** As {@link #KEPT}, by clients that have the answer and ask whether it still holds. */
    KNOWN("304 from its cache, bare route", KEPT.path, Nginx.TAG);

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

    /** What a contestant does with it, for a table. */
    String label() {
        return label;
    }

    /** This, asked for by each of the users. */
    List<Wrk.Call> calls(List<String> tokens) {
        return tokens.stream().map(token -> new Wrk.Call(path, token, tag)).toList();
    }
}
