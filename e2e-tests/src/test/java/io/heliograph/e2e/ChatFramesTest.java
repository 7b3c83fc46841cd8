package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.ChatPage;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Measures how the chat page keeps up with a busy room, from the trace of the browser: with {@code -Dchat.frames=true}, on a
 * machine that does nothing else. Writes {@code target/chat-frames.md}.
 */
@ExtendWith(RunningHeliograph.class)
@EnabledIfSystemProperty(named = "chat.frames", matches = "true")
class ChatFramesTest {

    /** Messages in the room at the start; fewer for a short trial ({@code -Dchat.frames.history=1000}). */
    private static final int HISTORY = Integer.getInteger("chat.frames.history", 100_000);

    private static final int MESSAGES_PER_SECOND = 200;
    private static final int BATCHES_PER_SECOND = 10;
    private static final int SECONDS = 10;
    private static final String CATEGORIES =
            "toplevel,devtools.timeline,disabled-by-default-devtools.timeline,disabled-by-default-devtools.timeline.frame";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Heliograph heliograph;

    ChatFramesTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldDrawEachFrameWhileMessagesArrive() throws IOException, InterruptedException {
        heliograph.awaitReady();
        Person ada = heliograph.person("ada");
        Person bob = heliograph.person("bob");
        Api gateway = heliograph.gateway().as(ada);
        UUID room = gateway.room("private", bob);
        ChatPage.fill(gateway, room, HISTORY);
        Browser browser = Browser.openTraced(1280, 800, ColorScheme.LIGHT, CATEGORIES);
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (ChatPage page = ChatPage.signIn(heliograph, bob, browser)) {
            page.show(room);
            // All is unread, so the page begins at the first.
            page.awaitMessage("line 0");
            browser.click(".jump");
            page.awaitMessage("line " + (HISTORY - 1));
            sender.scheduleAtFixedRate(() -> send(gateway, room), 0, 1000 / BATCHES_PER_SECOND, TimeUnit.MILLISECONDS);
            TimeUnit.SECONDS.sleep(SECONDS);
            browser.trace();
            long before = last(browser);
            long frames = frames(browser);
            TimeUnit.SECONDS.sleep(SECONDS);
            long drawn = frames(browser) - frames;
            long shown = last(browser) - before;
            List<String> trace = browser.trace();
            report(drawn, shown, tasks(trace), browser);
        } finally {
            sender.shutdownNow();
        }
    }

    private static void send(Api gateway, UUID room) {
        List<Map<String, String>> batch = IntStream.range(0, MESSAGES_PER_SECOND / BATCHES_PER_SECOND)
                .mapToObj(i -> Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "content",
                        "The light at the harbour is seen from here, answer when you can."))
                .toList();
        gateway.call("POST", "/api/rooms/" + room + "/messages/batch", Map.of("messages", batch));
    }

    private static long last(Browser browser) {
        return Long.parseLong(
                (String) browser.run("return [...document.querySelectorAll('.feed article')].at(-1).ariaPosInSet"));
    }

    /** Frames since the page is open. */
    private static long frames(Browser browser) {
        return (Long) browser.run("""
                if (window.frames_ === undefined) {
                  window.frames_ = 0;
                  const count = () => requestAnimationFrame(() => { window.frames_ += 1; count(); });
                  count();
                }
                return window.frames_;
                """);
    }

    /** Milliseconds of processor time of each task of the main thread of the page, the longest last. */
    private static List<Double> tasks(List<String> trace) {
        List<JsonNode> events = trace.stream().map(ChatFramesTest::read).toList();
        JsonNode frame = events.stream()
                .filter(event -> event.path("name").asText().equals("FireAnimationFrame"))
                .findFirst()
                .orElseThrow();
        List<Double> tasks = new ArrayList<>();
        for (JsonNode event : events) {
            boolean isMain = event.path("pid").equals(frame.path("pid"))
                    && event.path("tid").equals(frame.path("tid"));
            if (isMain && event.path("name").asText().endsWith("RunTask")) {
                tasks.add(event.path("tdur").asDouble() / 1000);
            }
        }
        return tasks.stream().sorted().toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line).path("message").path("params");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void report(long drawn, long shown, List<Double> tasks, Browser browser) throws IOException {
        double busy = tasks.stream().mapToDouble(Double::doubleValue).sum() / SECONDS / 10;
        String report = String.format(
                Locale.ROOT,
                """
                | | |
                | --- | --- |
                | messages in the room before | %,d |
                | messages shown a second | %.0f |
                | frames a second | %.1f |
                | processor time of the main thread | %.0f %% |
                | longest task, 99th percentile | %.1f ms |
                | longest task | %.1f ms |
                | articles in the document | %s |
                """,
                HISTORY,
                (double) shown / SECONDS,
                (double) drawn / SECONDS,
                busy,
                tasks.get(tasks.size() * 99 / 100),
                tasks.get(tasks.size() - 1),
                browser.run("return document.querySelectorAll('.feed article').length"));
        System.out.println(report);
        Files.writeString(Path.of("target", "chat-frames.md"), report);
        assertTrue(drawn > 0);
    }
}
