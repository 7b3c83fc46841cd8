package io.heliograph.gateway.admin;

import io.heliograph.gateway.compression.ReusableBody;
import io.heliograph.gateway.proxy.UpstreamFetcher;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchRequest;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchResponse;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Route.RouteTarget.UpstreamTarget;
import io.heliograph.gateway.routing.Routes;
import io.heliograph.gateway.routing.Routes.RouteTable;
import io.heliograph.gateway.task.Task;
import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Tasks;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The OpenAPI description of all services in one document, merged from the description of each. A service that does not
 * respond is described as it was last known; as long as it never did there is no document, as clients are generated from
 * it. Concurrent requests share one merge.
 */
@Singleton
final class ApiDescription {

    /** The path of the description at each service. It is not routed. */
    private static final String PATH = "/q/openapi";

    /** The largest description in bytes; the largest present one has 40,000. */
    private static final int LARGEST = 2 * 1024 * 1024;

    /** How long a complete document is kept: descriptions change with deployments only. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** The shortest time between two attempts while the description of a service is missing. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The timeout of a service whose description is known. */
    private static final long TIMEOUT_MILLIS = 2_000;

    /** The timeout of a service whose description is unknown: it may have just started. */
    private static final long FIRST_TIMEOUT_MILLIS = 15_000;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** A service has not described itself since the gateway started. */
    static final class IncompleteException extends RuntimeException {}

    private final Vertx vertx;
    private final Routes routes;
    private final UpstreamFetcher fetcher;
    private final Tasks tasks;
    private final JsonObject own = new JsonObject(readResource("docs/openapi.json"));
    private final Map<Upstream, JsonObject> lastKnown = new ConcurrentHashMap<>();
    private Future<ReusableBody> document = Future.failedFuture("not made yet");
    private long freshUntil = System.nanoTime();

    ApiDescription(Vertx vertx, Routes routes, UpstreamFetcher fetcher, Tasks tasks) {
        this.vertx = vertx;
        this.routes = routes;
        this.fetcher = fetcher;
        this.tasks = tasks;
    }

    /** Completes on the event loop of the caller; fails with {@link IncompleteException}. */
    Future<ReusableBody> json() {
        Context caller = vertx.getOrCreateContext();
        Promise<ReusableBody> here = Promise.promise();
        shared().onComplete(made -> caller.runOnContext(ignored -> here.handle(made)));
        return here.future();
    }

    private synchronized Future<ReusableBody> shared() {
        if (document.isComplete() && System.nanoTime() - freshUntil >= 0) {
            document = make();
        }
        return document;
    }

    private Future<ReusableBody> make() {
        RouteTable table = routes.table();
        Map<Upstream, Route> services = new LinkedHashMap<>();
        for (Route route : table.routes()) {
            if (route.upstream() != null) {
                services.putIfAbsent(route.upstream(), route);
            }
        }
        lastKnown.keySet().retainAll(services.keySet());
        List<Future<Void>> fetches = new ArrayList<>();
        services.forEach((service, route) -> fetches.add(fetch(service, route)));
        return Future.join(fetches)
                .otherwiseEmpty()
                .compose(done -> vertx.executeBlocking(() -> merge(table, services), false));
    }

    private Future<Void> fetch(Upstream service, Route route) {
        Route described = new Route(
                route.name(), PATH, new UpstreamTarget(service, 0, null), route.accessPolicy(), route.requestPolicy());
        MultiMap headers = HttpHeaders.headers().add(HttpHeaders.ACCEPT, "application/json");
        Task task = tasks.begin(TaskKind.API_DESCRIPTION, "service of " + route.path());
        return fetcher.fetch(new FetchRequest(described, HttpMethod.GET, PATH, headers, null), LARGEST)
                .timeout(lastKnown.containsKey(service) ? TIMEOUT_MILLIS : FIRST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .map(ApiDescription::read)
                .onSuccess(description -> lastKnown.put(service, description))
                .onComplete(read -> task.complete(read.cause()))
                .mapEmpty();
    }

    private static JsonObject read(FetchResponse response) {
        if (response.status() == NOT_FOUND) {
            // An external service without a description.
            return new JsonObject();
        }
        if (response.status() != OK) {
            throw new IllegalStateException("status " + response.status());
        }
        return response.body().toJsonObject();
    }

    private ReusableBody merge(RouteTable table, Map<Upstream, Route> services) {
        boolean whole = lastKnown.keySet().containsAll(services.keySet());
        synchronized (this) {
            freshUntil = System.nanoTime() + (whole ? FRESH_NANOS : RETRY_NANOS);
        }
        if (!whole) {
            throw new IncompleteException();
        }
        OpenApiMerger merge = new OpenApiMerger(path -> resource(table.find(path)), own);
        services.keySet().stream().map(lastKnown::get).forEach(merge::add);
        return new ReusableBody(merge.merged().toBuffer());
    }

    private static String resource(Route route) {
        return route == null || route.upstream() == null ? null : route.name();
    }

    /** Reads a file from the class path. */
    static Buffer readResource(String name) {
        try (InputStream in = ApiDescription.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
