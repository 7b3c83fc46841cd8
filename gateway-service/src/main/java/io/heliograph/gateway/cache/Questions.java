package io.heliograph.gateway.cache;

import io.heliograph.gateway.forward.Fetch;
import io.heliograph.gateway.forward.Inquiry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;

/** Puts questions to services. */
@Singleton
final class Questions {

    private final Fetch fetch;
    private final Shelf shelf;
    private final Flights flights;
    private final Loners loners;

    Questions(Fetch fetch, Shelf shelf, Flights flights, Loners loners) {
        this.fetch = fetch;
        this.shelf = shelf;
        this.flights = flights;
        this.loners = loners;
    }

    /**
     * On the event loop of the leader, whose end it outlives.
     *
     * @param headers those that go to the service
     * @param leader null if nobody waits for the answer
     */
    void ask(Question question, MultiMap headers, Leader leader) {
        condition(headers, question.stale());
        Ask ask = question.ask();
        Inquiry inquiry = new Inquiry(ask.route(), HttpMethod.GET, ask.route().forwarded(ask.uri()), headers, null);
        fetch.fetch(inquiry, new Asking(question, leader, shelf, flights, loners));
    }

    /** Not that of the client, which has other answers than are stored here. */
    private static void condition(MultiMap headers, Entry stale) {
        headers.remove(HttpHeaders.IF_NONE_MATCH);
        headers.remove(HttpHeaders.IF_MODIFIED_SINCE);
        if (stale == null) {
            return;
        }
        if (stale.head().tag() != null) {
            headers.set(HttpHeaders.IF_NONE_MATCH, stale.head().tag());
        }
        String modified = stale.head().find("last-modified");
        if (modified != null) {
            headers.set(HttpHeaders.IF_MODIFIED_SINCE, modified);
        }
    }
}
