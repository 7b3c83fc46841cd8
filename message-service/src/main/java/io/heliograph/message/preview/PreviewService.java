package io.heliograph.message.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.message.egress.Destination;
import io.heliograph.message.egress.EgressPolicy;
import io.heliograph.message.egress.SystemHostResolver;
import io.heliograph.message.limit.AsyncSemaphore;
import io.heliograph.rest.problem.ExceptionClassifier;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;

/** Creates previews: applies the limits, waits for a place, fetches and reads the page, all within one timeout. */
@Singleton
class PreviewService {

    /** A page of tags alone takes 50 MB while it is read, so few are read at once. */
    private static final int READERS = 2;

    private static final int MAX_HEADERS = 16_384;

    /** Addresses that are known to have no preview, at 2 KB each at most. */
    private static final int MAX_FAILURES = 5_000;

    /** The result that is the same for all callers. */
    private static final Set<String> FAILURES = Set.of("preview_refused", "preview_unavailable");

    private final Vertx vertx;
    private final PreviewConfig config;
    private final RequestLimits limits;
    private final PreviewMetrics metrics;
    private final AsyncSemaphore<String> places;
    private final SystemHostResolver resolver;
    private final WorkerExecutor readers;
    private final PageFetcher fetcher;
    private final Cache<Destination, ProblemException> failures;

    @Inject
    PreviewService(
            Vertx vertx, PreviewConfig config, EgressPolicy egress, RequestLimits limits, PreviewMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.limits = limits;
        this.metrics = metrics;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_FAILURES)
                .expireAfterWrite(config.negativeMaxAge())
                .build();
        this.places = new AsyncSemaphore<>(config.maxConcurrent(), config.maxWaiting());
        this.resolver = new SystemHostResolver(vertx, "preview-lookup", config.maxConcurrent());
        this.readers = vertx.createSharedWorkerExecutor("preview-reader", READERS);
        this.fetcher = new PageFetcher(client(vertx, options(config)), resolver, egress, config);
    }

    static HttpClientOptions options(PreviewConfig config) {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                // The limit of one host; the total is bounded by the concurrent previews.
                .setMaxPoolSize(config.maxConcurrent())
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxHeaderSize(MAX_HEADERS)
                .setDecompressionSupported(false);
    }

    static HttpClient client(Vertx vertx, HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                // Protocol errors of a server are not logged: each fails its request.
                .withConnectHandler(connection -> connection.exceptionHandler(failure -> {}))
                .build();
    }

    /** Fails with a {@link ProblemException}. */
    Future<Preview> preview(Destination target, UUID person) {
        Cancellation cancellation = new Cancellation();
        Promise<Preview> answer = Promise.promise();
        long timer = vertx.setTimer(config.timeout().toMillis(), late -> {
            if (answer.tryFail(PreviewProblems.unavailable("The page did not come in time."))) {
                cancellation.cancel();
            }
        });
        limits.chargePerson(person)
                .compose(charged -> {
                    ProblemException known = failures.getIfPresent(target);
                    return known == null ? places.run(() -> fetch(target, cancellation)) : Future.failedFuture(known);
                })
                .onComplete(result -> {
                    vertx.cancelTimer(timer);
                    if (result.succeeded()) {
                        answer.tryComplete(result.result());
                    } else {
                        answer.tryFail(result.cause());
                    }
                });
        return answer.future().onSuccess(found -> metrics.answered("found")).onFailure(failure -> {
            metrics.answered(ExceptionClassifier.classify(failure).code());
            if (failure instanceof ProblemException refusal && FAILURES.contains(refusal.code())) {
                failures.asMap().putIfAbsent(target, refusal);
            }
        });
    }

    private Future<Preview> fetch(Destination target, Cancellation cancellation) {
        Runnable ended = metrics.fetching();
        return fetcher.fetch(target, cancellation, limits::chargeHost)
                .compose(page -> readers.executeBlocking(
                        () -> PageReader.read(
                                page, Math.toIntExact(config.maxBody().asLongValue())),
                        false))
                .onComplete(end -> ended.run());
    }

    @PreDestroy
    void close() {
        resolver.close();
        readers.close();
    }
}
