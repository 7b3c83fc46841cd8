package io.heliograph.message.search;

import io.heliograph.message.limit.AsyncSemaphore;
import io.heliograph.message.limit.AsyncSemaphore.Bound;
import io.heliograph.message.message.Message;
import io.heliograph.message.page.Page;
import io.heliograph.message.search.SearchRepository.SearchResult;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Searches with a share of the connections, and a smaller one per user, so that sends and history do not wait. */
@Singleton
final class SearchService {

    /**
     * The messages that are examined within a millisecond. For users with more rooms, changes on other replicas may be
     * found later.
     */
    private static final int ROOMS_TO_CATCH_UP = 200;
    /** The wait for pending index updates; then the search runs without them. */
    private static final long CATCH_UP_MILLIS = 500;

    private final SearchIndex index;
    private final SearchRepository repository;
    private final Vertx vertx;
    private final AsyncSemaphore<UUID> searches;
    private final DistributionSummary examined;

    SearchService(
            SearchIndex index, SearchRepository repository, SearchConfig config, Vertx vertx, MeterRegistry registry) {
        this.index = index;
        this.repository = repository;
        this.vertx = vertx;
        this.searches = new AsyncSemaphore<>(
                new Bound(config.maxConcurrent(), config.maxConcurrentPerPerson()),
                new Bound(config.maxWaiting(), config.maxWaitingPerPerson()));
        this.examined = DistributionSummary.builder("heliograph.search.examined")
                .description("Messages that a search examined for one page")
                .register(registry);
        Gauge.builder("heliograph.search.waiting", searches, AsyncSemaphore::waiting)
                .description("Searches that wait for other searches")
                .register(registry);
    }

    /**
     * Messages in the rooms of this user, or in {@code room} unless it is null, newest first. A page may have fewer
     * than {@code limit} messages, even none, and still have a {@code next}.
     */
    Future<Page<Message>> search(UUID person, SearchQuery query, UUID room, SearchCursor after, int limit) {
        return searches.run(person, () -> index.catchUp(person, ROOMS_TO_CATCH_UP, CATCH_UP_MILLIS)
                        .compose(done -> repository.search(person, query, room, after, limit + 1)))
                .compose(found -> page(found, query, limit));
    }

    private Future<Page<Message>> page(SearchResult found, SearchQuery query, int limit) {
        examined.record(found.examined());
        boolean more = found.places().size() > limit;
        Optional<SearchCursor> next = more ? Optional.of(found.places().get(limit - 1)) : found.rest();
        // Results after the position are on the next page.
        SearchCursor behind = more ? found.places().get(limit) : null;
        List<Message> shown = found.messages().stream()
                .filter(message -> !SearchCursor.of(message).equals(behind))
                .toList();
        return present(shown, query)
                .map(items -> new Page<>(items, next.map(SearchCursor::cursor).orElse(null)));
    }

    /** Removes messages that were edited after their indexing and no longer match. */
    private Future<List<Message>> present(List<Message> messages, SearchQuery query) {
        return messages.stream().allMatch(message -> message.editedAt() == null)
                ? Future.succeededFuture(messages)
                : vertx.executeBlocking(
                        () -> messages.stream()
                                .filter(message ->
                                        message.editedAt() == null || query.matches(SearchText.of(message.content())))
                                .toList(),
                        false);
    }
}
