package io.heliograph.gateway.admin;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.routing.Call;
import io.heliograph.gateway.task.Happening;
import io.heliograph.gateway.task.Kind;
import io.heliograph.gateway.task.Tasks;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows what this replica is at and what it did lately; each replica answers for itself alone. */
@Singleton
final class TasksInView implements Operation {

    /** Of what is under way; more than anyone reads. The counts are of all. */
    private static final int MOST = 100;

    private final Tasks tasks;
    private final SlowRequests requests;
    private final String replica;

    TasksInView(Tasks tasks, SlowRequests requests, TaskConfig config) {
        this.tasks = tasks;
        this.requests = requests;
        this.replica = config.replica().orElseGet(TasksInView::host);
    }

    @Override
    public Call call() {
        return new Call(HttpMethod.GET, "/api/ops/tasks");
    }

    @Override
    public void run(Exchange exchange) {
        List<Happening> slow = requests.underWay();
        List<Happening> others = tasks.underWay();
        JsonObject body = new JsonObject()
                .put("replica", replica)
                .put("kinds", kinds(slow, others))
                .put("running", describe(others).addAll(describe(slow)))
                .put("recent", describe(tasks.recent()));
        exchange.answer(200, "application/json", body.toBuffer());
    }

    private JsonArray kinds(List<Happening> slow, List<Happening> others) {
        JsonArray kinds = new JsonArray();
        for (Kind kind : Kind.values()) {
            List<Happening> running = kind == Kind.SLOW_REQUEST ? slow : others;
            Timer succeeded = tasks.succeeded(kind);
            Timer failed = tasks.failed(kind);
            long count = succeeded.count() + failed.count();
            double total = succeeded.totalTime(TimeUnit.MILLISECONDS) + failed.totalTime(TimeUnit.MILLISECONDS);
            kinds.add(new JsonObject()
                    .put("kind", kind.label())
                    .put(
                            "running",
                            running.stream().filter(task -> task.kind() == kind).count())
                    .put("succeeded", succeeded.count())
                    .put("failed", failed.count())
                    .put("meanMs", count == 0 ? 0 : Math.round(total / count))
                    .put(
                            "maxMs",
                            Math.round(Math.max(
                                    succeeded.max(TimeUnit.MILLISECONDS), failed.max(TimeUnit.MILLISECONDS)))));
        }
        return kinds;
    }

    private static JsonArray describe(List<Happening> happenings) {
        JsonArray described = new JsonArray();
        happenings.stream().limit(MOST).map(TasksInView::describe).forEach(described::add);
        return described;
    }

    private static JsonObject describe(Happening happening) {
        JsonObject described = new JsonObject()
                .put("kind", happening.kind().label())
                .put("subject", happening.subject())
                .put("startedAt", happening.startedAt().toString())
                .put("durationMs", TimeUnit.NANOSECONDS.toMillis(happening.nanos()));
        return happening.error() == null ? described : described.put("error", happening.error());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
