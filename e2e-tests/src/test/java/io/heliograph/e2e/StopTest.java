package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.testsupport.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses to continuous requests from SIGTERM to the end of a replica, and its log. */
@ExtendWith(RunningHeliograph.class)
class StopTest {

    private final Heliograph heliograph;
    private final Person ada;
    private ServiceProcess stopped;

    StopTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.ada = heliograph.person("ada");
    }

    @AfterEach
    void revive() {
        await().until(() -> !stopped.isAlive());
        heliograph.revive();
    }

    @Test
    void shouldCompleteResponsesUntilAMessageServiceWithSocketsEnds() {
        Api api = heliograph.messages(1).as(ada);
        UUID room = api.room("private");
        try (Socket socket = api.socket()) {
            List<Reply> replies = stop(heliograph.messageProcess(1), api, () -> api.send(room, newId(), "hello"));

            assertTrue(replies.stream().anyMatch(reply -> reply.code().equals("draining")));
            assertEquals(4000, socket.awaitClose());
        }
    }

    @Test
    void shouldCompleteResponsesUntilAGatewayWithSocketsEnds() {
        Api api = heliograph.gateway(0).as(ada);
        UUID room = api.room("private");
        try (Socket socket = api.socket()) {
            stop(heliograph.gatewayProcess(0), api, () -> api.send(room, newId(), "hello"));

            assertEquals(4000, socket.awaitClose());
        }
    }

    @Test
    void shouldCompleteResponsesUntilAUserServiceEnds() {
        Api api = heliograph.users().as(ada);
        stop(
                heliograph.stack().replicas(Service.USER).get(0),
                api,
                () -> api.post("/api/auth/refresh", Map.of("refreshToken", "none")));
    }

    /** All responses meanwhile. */
    private List<Reply> stop(ServiceProcess process, Api api, Supplier<Reply> post) {
        stopped = process;
        List<Reply> replies = new ArrayList<>();
        int before = errors(process).size();
        process.terminate();
        while (process.isAlive()) {
            try {
                replies.add(post.get());
                replies.add(api.get("/api/rooms"));
            } catch (CompletionException closed) {
                // It has closed the connection, or takes no more.
                Thread.onSpinWait();
            }
        }
        assertFalse(replies.stream().anyMatch(reply -> reply.body().isMissingNode()), replies::toString);
        assertTrue(
                replies.stream()
                        .filter(reply -> reply.status() == 503)
                        .allMatch(reply ->
                                reply.headers().firstValue("Retry-After").isPresent()
                                        && !reply.code().isEmpty()),
                replies::toString);
        List<String> errors = errors(process);
        assertEquals(List.of(), errors.subList(before, errors.size()));
        return replies;
    }

    /** Each with the lines after it, which are those of its exception. */
    private static List<String> errors(ServiceProcess process) {
        List<String> log = process.log();
        return IntStream.range(0, log.size())
                .filter(line -> log.get(line).contains(" ERROR "))
                .mapToObj(line -> String.join("\n", log.subList(line, Math.min(line + 30, log.size()))))
                .toList();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
