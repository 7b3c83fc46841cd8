package io.heliograph.gateway.cache;

import io.heliograph.gateway.admin.AdminHandler.AdminResource;
import io.heliograph.gateway.cache.CacheEntry.CacheTags;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.Route.Endpoint;
import io.heliograph.gateway.task.Task;
import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Tasks;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/**
 * {@code DELETE /api/ops/cache}: purges entries by a tag, or by a pattern of paths such as {@code /api/users/*}, at all
 * gateways.
 */
@Singleton
final class CachePurgeResource implements AdminResource {

    private static final int MAX_PATTERN_LENGTH = 256;

    private final PurgeBus bus;
    private final Tasks tasks;

    CachePurgeResource(PurgeBus bus, Tasks tasks) {
        this.bus = bus;
        this.tasks = tasks;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint(HttpMethod.DELETE, "/api/ops/cache");
    }

    @Override
    public void handle(Exchange exchange) {
        Purge purge = purge(exchange);
        if (purge == null) {
            exchange.reject(Problem.INVALID_PURGE);
            return;
        }
        Context context = Vertx.currentContext();
        Task task = tasks.begin(TaskKind.CACHE_PURGE, purge.toString());
        bus.purge(purge)
                .onComplete(done -> task.complete(done.cause()))
                .onComplete(done -> context.runOnContext(ignored -> {
                    if (done.succeeded()) {
                        Buffer body =
                                new JsonObject().put("purged", purge.toString()).toBuffer();
                        exchange.respond(200, "application/json", body);
                    } else {
                        exchange.reject(Problem.PURGE_NOT_SHARED);
                    }
                }));
    }

    /** Null if the request names neither a valid tag nor a valid pattern. */
    private static Purge purge(Exchange exchange) {
        String tag = exchange.request().getParam("tag");
        String pattern = exchange.request().getParam("pattern");
        if (tag != null && pattern == null && CacheTags.isTag(tag)) {
            return new Purge.OfTag(tag);
        }
        boolean isPattern = tag == null
                && pattern != null
                && (pattern.startsWith("/") || pattern.startsWith("*"))
                && pattern.length() <= MAX_PATTERN_LENGTH;
        return isPattern ? new Purge.OfPaths(pattern) : null;
    }
}
