package io.heliograph.gateway.admin;

import io.heliograph.gateway.admin.AdminHandler.AdminResource;
import io.heliograph.gateway.batch.InternalClient;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.Route.Endpoint;
import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Task.TaskRecord;
import io.heliograph.gateway.task.Tasks;
import io.heliograph.operations.ReplicaName;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code GET /api/ops/tasks}: the running and the recent tasks of this replica. */
@Singleton
final class TasksResource implements AdminResource {

    /** The number of running tasks that are listed; the counts include all. */
    private static final int MAX_LISTED = 100;

    private final Tasks tasks;
    private final SlowRequests requests;
    private final JobSummaries jobs;
    private final String replica;

    TasksResource(
            Tasks tasks,
            SlowRequests requests,
            JobSummaries jobs,
            TaskConfig config,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.tasks = tasks;
        this.requests = requests;
        this.jobs = jobs;
        this.replica = config.replica().orElseGet(() -> ReplicaName.of(port));
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint(HttpMethod.GET, "/api/ops/tasks");
    }

    @Override
    public void handle(Exchange exchange) {
        List<TaskRecord> slow = requests.running();
        List<TaskRecord> others = tasks.running();
        JsonObject body = new JsonObject()
                .put("replica", replica)
                .put("kinds", kinds(slow, others))
                .put("running", describe(others).addAll(describe(slow)))
                .put("recent", describe(tasks.recent()));
        Context context = Vertx.currentContext();
        jobs.fetch(exchange)
                .onComplete(found -> context.runOnContext(ignored -> exchange.respond(
                        200,
                        "application/json",
                        body.put("jobs", found.result()).toBuffer())));
    }

    private JsonArray kinds(List<TaskRecord> slow, List<TaskRecord> others) {
        JsonArray kinds = new JsonArray();
        for (TaskKind kind : TaskKind.values()) {
            List<TaskRecord> running = kind == TaskKind.SLOW_REQUEST ? slow : others;
            Timer succeeded = tasks.succeeded(kind);
            Timer failed = tasks.failed(kind);
            long count = succeeded.count() + failed.count();
            double total = succeeded.totalTime(TimeUnit.MILLISECONDS) + failed.totalTime(TimeUnit.MILLISECONDS);
            kinds.add(new JsonObject()
                    .put("kind", kind.label())
                    .put(
                            "running",
                            running.stream().filter(task -> task.kind() == kind).count())
                    .put("completed", succeeded.count())
                    .put("failed", failed.count())
                    .put("meanMs", count == 0 ? 0 : Math.round(total / count))
                    .put(
                            "maxMs",
                            Math.round(
                                    Math.max(succeeded.max(TimeUnit.MILLISECONDS), failed.max(TimeUnit.MILLISECONDS))))
                    .put("lastError", lastError(kind)));
        }
        return kinds;
    }

    private JsonObject lastError(TaskKind kind) {
        TaskRecord failure = tasks.lastFailure(kind);
        return failure == null
                ? null
                : new JsonObject()
                        .put("message", failure.error())
                        .put("at", failure.endedAt().toString());
    }

    private static JsonArray describe(List<TaskRecord> records) {
        JsonArray described = new JsonArray();
        records.stream().limit(MAX_LISTED).map(TasksResource::describe).forEach(described::add);
        return described;
    }

    private static JsonObject describe(TaskRecord record) {
        JsonObject described = new JsonObject()
                .put("kind", record.kind().label())
                .put("subject", record.subject())
                .put("startedAt", record.startedAt().toString())
                .put("durationMs", TimeUnit.NANOSECONDS.toMillis(record.nanos()));
        return record.error() == null ? described : described.put("error", record.error());
    }

    /** The summary of jobs of message-service, requested on behalf of the caller. */
    @Singleton
    static final class JobSummaries {

        private static final String PATH = "/api/jobs/summary";

        /** The timeout, after which the response is sent without the summary. */
        private static final long TIMEOUT_MILLIS = 2_000;

        private final InternalClient client;

        JobSummaries(InternalClient client) {
            this.client = client;
        }

        /** The summary; null if the service does not respond. Never fails. */
        Future<JsonArray> fetch(Exchange exchange) {
            return client.request(exchange, HttpMethod.GET, PATH)
                    .compose(request -> request.send()
                            .compose(JobSummaries::read)
                            .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                            .onFailure(late -> request.reset()))
                    .otherwiseEmpty();
        }

        private static Future<JsonArray> read(HttpClientResponse response) {
            return response.statusCode() == 200
                    ? response.body().map(JobSummaries::items)
                    : response.end().mapEmpty();
        }

        private static JsonArray items(Buffer body) {
            try {
                return body.toJsonObject().getValue("items") instanceof JsonArray items ? items : null;
            } catch (DecodeException e) {
                return null;
            }
        }
    }
}
