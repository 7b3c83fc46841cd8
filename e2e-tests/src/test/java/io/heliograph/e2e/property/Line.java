package io.heliograph.e2e.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.testsupport.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Calls of one user to random replicas. Calls that fail because of faults have no result. */
final class Line {

    /** A response; {@code code} is empty unless it is an error. */
    record Result(String code, JsonNode body) {

        void expect(String expected) {
            assertEquals(expected, code, body::toString);
        }
    }

    private final Heliograph heliograph;
    private final Person person;
    private final Random random;
    private final Ledger ledger;
    private Socket socket;

    Line(Heliograph heliograph, Person person, Random random, Ledger ledger) {
        this.heliograph = heliograph;
        this.person = person;
        this.random = random;
        this.ledger = ledger;
    }

    Optional<Result> post(String path, Map<String, ?> body) {
        return call("POST", path, body);
    }

    Optional<Result> call(String method, String path, Map<String, ?> body) {
        try {
            Reply reply = heliograph
                    .messages(random.nextInt(2))
                    .as(person)
                    .call(method, path, body)
                    .join();
            return result(reply.code(), reply.body());
        } catch (CompletionException unanswered) {
            return nothing(unanswered);
        }
    }

    /** These frames one after another, and their answers in the same order. */
    List<Optional<Result>> send(List<Map<String, String>> frames) {
        if (!connected()) {
            return frames.stream().map(frame -> Optional.<Result>empty()).toList();
        }
        List<CompletableFuture<JsonNode>> answers =
                frames.stream().map(socket::request).toList();
        return answers.stream().map(this::await).toList();
    }

    void hangUp() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private boolean connected() {
        try {
            if (socket == null || socket.closeCode().isPresent() || random.nextInt(20) == 0) {
                hangUp();
                socket = heliograph.messages(random.nextInt(2)).socket(person);
            }
            return true;
        } catch (CompletionException unanswered) {
            nothing(unanswered);
            return false;
        }
    }

    private Optional<Result> await(CompletableFuture<JsonNode> answer) {
        try {
            JsonNode frame = answer.orTimeout(20, TimeUnit.SECONDS).join();
            return result(frame.path("code").asText(), frame);
        } catch (CompletionException unanswered) {
            return nothing(unanswered);
        }
    }

    private Optional<Result> result(String code, JsonNode body) {
        if (Unanswered.COME_BACK.contains(code)) {
            ledger.failed();
            return Optional.empty();
        }
        return Optional.of(new Result(code, body));
    }

    private Optional<Result> nothing(CompletionException unanswered) {
        Unanswered.check(unanswered);
        ledger.failed();
        return Optional.empty();
    }
}
