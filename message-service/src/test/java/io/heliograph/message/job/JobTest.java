package io.heliograph.message.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.rest.idempotency.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobTest extends MessageServiceTest {

    @Inject
    Jobs jobs;

    @Inject
    ScriptedHandler handler;

    @Inject
    SettableJobConfig config;

    private final Semaphore permits = new Semaphore(0);

    @AfterEach
    void endAll() {
        permits.release(1_000);
        config.reset();
    }

    @Test
    void shouldRunAJobAndShowItToItsOwnerAndAdminsOnly() {
        Person ada = person("ada");
        Person grace = person("grace");
        UUID job = enqueue(ada, execution -> {
            execution.advance(3, 3L);
            return JsonObject.of("answer", 42);
        });

        reaches(ada, job, "succeeded");

        show(ada, job)
                .then()
                .body("kind", equalTo("scripted"))
                .body("attempts", equalTo(1))
                .body("result.answer", equalTo(42))
                .body("error", nullValue())
                .body("progress.done", equalTo(3))
                .body("progress.total", equalTo(3))
                .body("createdAt", notNullValue())
                .body("startedAt", notNullValue())
                .body("finishedAt", notNullValue());
        refused(show(grace, job), 404, "job_not_found");
        refused(grace.asks().delete("/api/jobs/" + job), 404, "job_not_found");
        show(admin(), job).then().statusCode(200);
        admin().asks().get("/api/jobs").then().body("items.id", hasItem(job.toString()));
        grace.asks().get("/api/jobs").then().statusCode(200).body("items.size()", equalTo(0));
    }

    @Test
    void shouldSummarizeJobsForAdmins() {
        Person ada = person("ada");
        UUID job = enqueue(ada, execution -> {
            throw new JobFailure("out_of_ink", "There is no ink.");
        });
        reaches(ada, job, "failed");
        reaches(ada, enqueue(ada, execution -> new JsonObject()), "succeeded");

        String kind = "items.find { it.kind == 'scripted' }.";
        admin().asks()
                .get("/api/jobs/summary")
                .then()
                .statusCode(200)
                .body(kind + "completed", greaterThanOrEqualTo(1))
                .body(kind + "failed", greaterThanOrEqualTo(1))
                .body(kind + "maxMs", greaterThanOrEqualTo(0))
                .body(kind + "lastError.code", equalTo("out_of_ink"))
                .body(kind + "lastError.at", notNullValue());
        refused(ada.asks().get("/api/jobs/summary"), 403, "forbidden");
    }

    @Test
    void shouldListNewestFirstInPages() {
        Person ada = person("ada");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(0, enqueue(ada, execution -> JsonObject.of()).toString());
        }

        String next = ada.asks()
                .get("/api/jobs?limit=2")
                .then()
                .body("items.id", contains(ids.get(0), ids.get(1)))
                .extract()
                .path("next");
        ada.asks()
                .get("/api/jobs?limit=2&after=" + next)
                .then()
                .body("items.id", contains(ids.get(2)))
                .body("next", nullValue());
    }

    @Test
    void shouldRetryAfterAFailureAndThenReportTheError() {
        config.set("minBackoff", Duration.ofMillis(1));
        config.set("maxBackoff", Duration.ofMillis(10));
        Person ada = person("ada");
        AtomicInteger attempts = new AtomicInteger();

        UUID recovers = enqueue(ada, execution -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return JsonObject.of();
        });
        UUID fails = enqueue(ada, execution -> {
            throw new IllegalStateException("a secret of ours");
        });
        UUID refuses = enqueue(ada, execution -> {
            throw new JobFailure("room_not_found", "The room is gone.");
        });

        reaches(ada, recovers, "succeeded");
        show(ada, recovers).then().body("attempts", equalTo(3));
        reaches(ada, fails, "failed");
        show(ada, fails)
                .then()
                .body("attempts", equalTo(5))
                .body("error.code", equalTo("internal_error"))
                .body("error.message", equalTo("Something went wrong on our side."));
        reaches(ada, refuses, "failed");
        show(ada, refuses).then().body("attempts", equalTo(1)).body("error.code", equalTo("room_not_found"));
    }

    @Test
    void shouldCancelARunningAndAWaitingJob() {
        Person ada = person("ada");
        List<UUID> running = List.of(
                enqueue(ada, ScriptedHandler.waitingFor(permits)), enqueue(ada, ScriptedHandler.waitingFor(permits)));
        running.forEach(job -> reaches(ada, job, "running"));
        UUID waiting = enqueue(ada, ScriptedHandler.waitingFor(permits));

        ada.asks().delete("/api/jobs/" + waiting).then().statusCode(204);
        show(ada, waiting).then().body("state", equalTo("cancelled")).body("attempts", equalTo(0));
        ada.asks().delete("/api/jobs/" + running.get(0)).then().statusCode(202);

        reaches(ada, running.get(0), "cancelled");
        show(ada, running.get(1)).then().body("state", equalTo("running"));
        ada.asks().delete("/api/jobs/" + waiting).then().statusCode(204);
    }

    @Test
    void shouldShowProgressWhileTheJobRuns() {
        Person ada = person("ada");
        UUID job = enqueue(ada, execution -> {
            execution.advance(7, null);
            permits.acquire();
            return JsonObject.of();
        });

        await().untilAsserted(() -> show(ada, job)
                .then()
                .body("state", equalTo("running"))
                .body("progress.done", equalTo(7))
                .body("progress.total", nullValue()));
    }

    @Test
    void shouldLimitConcurrentJobsPerUser() {
        Person ada = person("ada");
        Person grace = person("grace");
        List<UUID> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.add(enqueue(ada, ScriptedHandler.waitingFor(permits)));
        }
        reaches(ada, many.get(0), "running");
        reaches(ada, many.get(1), "running");

        reaches(grace, enqueue(grace, execution -> JsonObject.of()), "succeeded");

        ada.asks().get("/api/jobs").then().body("items.findAll { it.state == 'running' }.size()", equalTo(2));
    }

    @Test
    void shouldRejectJobsOverTheBoundOfTheQueue() {
        config.set("maxRunningPerUser", 1);
        config.set("maxQueuedPerUser", 2);
        Person ada = person("ada");
        reaches(ada, enqueue(ada, ScriptedHandler.waitingFor(permits)), "running");

        List<Future<Answer<Job>>> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(jobs.enqueue(
                    ScriptedHandler.KIND, ada.id(), handler.params(ScriptedHandler.waitingFor(permits)), null));
        }

        int taken = 0;
        for (Future<Answer<Job>> request : requests) {
            try {
                request.toCompletionStage().toCompletableFuture().join();
                taken++;
            } catch (CompletionException failure) {
                assertThat(failure.getCause()).hasMessageContaining("2 jobs waiting");
            }
        }
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void shouldContinueAJobAfterALostLeaseAndStoreItsResultOnce() {
        Person ada = person("ada");
        Set<Long> fences = ConcurrentHashMap.newKeySet();
        UUID job = enqueue(ada, execution -> {
            fences.add(execution.fence());
            if (fences.size() == 1) {
                // As if another replica had taken it: this one holds it no more.
                takeAway(execution.id());
                permits.acquire();
            }
            return JsonObject.of("fence", execution.fence());
        });

        reaches(ada, job, "succeeded");

        show(ada, job).then().body("result.fence", greaterThanOrEqualTo(3));
        assertThat(fences).hasSize(2);
        // The attempt that lost its job may end after the other.
        await().until(() -> metric("heliograph_jobs_ended_total{kind=\"scripted\",state=\"lost\"}") > 0);
    }

    @Inject
    JobDatabase database;

    private void takeAway(UUID job) {
        database.run("update jobs set fence = fence + 1, lease_until = now() - interval '1 second' where id = $1", job);
    }

    @Test
    void shouldFailAJobThatWasAbandonedInItsLastAttempt() {
        Person ada = person("ada");
        UUID job = UUID.randomUUID();
        database.run("""
                insert into jobs (id, kind, user_id, state, attempts, started_at, lease_until)
                values ($1, 'scripted', $2, 'running', 5, now(), now() - interval '1 second')
                """, job, ada.id());

        reaches(ada, job, "failed");

        show(ada, job).then().body("error.code", equalTo("job_abandoned"));
    }

    @Test
    void shouldDeleteOldJobs() {
        Person ada = person("ada");
        UUID job = enqueue(ada, execution -> JsonObject.of());
        reaches(ada, job, "succeeded");
        database.run("update jobs set finished_at = now() - interval '8 days' where id = $1", job);

        await().untilAsserted(() -> refused(show(ada, job), 404, "job_not_found"));
    }

    @Test
    void shouldCountJobsByKindAndState() {
        Person ada = person("ada");
        reaches(ada, enqueue(ada, execution -> JsonObject.of()), "succeeded");

        assertThat(metric("heliograph_jobs_ended_total{kind=\"scripted\",state=\"succeeded\"}"))
                .isPositive();
        assertThat(metric("heliograph_jobs_execution_seconds_count{kind=\"scripted\"}"))
                .isPositive();
    }

    private UUID enqueue(Person person, ScriptedHandler.Script script) {
        Answer<Job> answer = jobs.enqueue(ScriptedHandler.KIND, person.id(), handler.params(script), null)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return UUID.fromString(answer.field("id", Job::id));
    }

    private Person admin() {
        UUID id = UUID.randomUUID();
        return new Person(
                id, "admin", issuer.token(id, "admin", claims -> claims.setStringListClaim("groups", "user", "admin")));
    }

    private static Response show(Person person, UUID job) {
        return person.asks().get("/api/jobs/" + job);
    }

    private static void reaches(Person person, UUID job, String state) {
        await().untilAsserted(() -> show(person, job).then().body("state", equalTo(state)));
    }
}
