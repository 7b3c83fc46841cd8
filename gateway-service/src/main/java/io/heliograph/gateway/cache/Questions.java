package io.heliograph.gateway.cache;

import io.heliograph.gateway.proxy.Audience;
import io.heliograph.gateway.proxy.Failure;
import io.heliograph.gateway.proxy.Fetch;
import io.heliograph.gateway.proxy.Inquiry;
import io.heliograph.gateway.task.Kind;
import io.heliograph.gateway.task.Task;
import io.heliograph.gateway.task.Tasks;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Puts questions to services. */
@Singleton
final class Questions {

    private static final Logger LOG = Logger.getLogger(Questions.class);

    private final Fetch fetch;
    private final Shelf shelf;
    private final Flights flights;
    private final Loners loners;
    private final Tasks tasks;

    Questions(Fetch fetch, Shelf shelf, Flights flights, Loners loners, Tasks tasks) {
        this.fetch = fetch;
        this.shelf = shelf;
        this.flights = flights;
        this.loners = loners;
        this.tasks = tasks;
    }

    /**
     * On the event loop of the leader, whose end it outlives.
     *
     * @param headers those that go to the service
     * @param leader null if nobody waits for the answer
     */
    void ask(Question question, MultiMap headers, Leader leader) {
        Ask ask = question.ask();
        if (question.stale() != null || !ask.isPersonal()) {
            condition(headers, question.stale());
        }
        Inquiry inquiry = new Inquiry(ask.route(), HttpMethod.GET, ask.uri(), headers, null);
        Task task = tasks.begin(Kind.CACHE_FETCH, ask.route().path());
        Audience asking = new Noted(new Asking(question, leader, shelf, flights, loners), task);
        try {
            fetch.fetch(inquiry, asking);
        } catch (RuntimeException e) {
            // Somebody waits for an end of this, come what may.
            LOG.errorf(e, "%s cannot be asked for", ask.uri());
            asking.failed(Failure.HTTP_PROTOCOL_ERROR);
        }
    }

    /**
     * Not as the client did, which has other answers than are stored here. Only where nothing is stored and the answer
     * is likely to be for this client alone, its own conditions save it what it has.
     */
    private static void condition(MultiMap headers, Entry stale) {
        headers.remove(HttpHeaders.IF_NONE_MATCH);
        headers.remove(HttpHeaders.IF_MODIFIED_SINCE);
        if (stale == null || !AnswerControl.isRepresentation(stale.head().status())) {
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
