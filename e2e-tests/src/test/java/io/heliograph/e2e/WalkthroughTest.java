package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** New users paste these pages: the text between the walkthrough marks must work unchanged. */
@ExtendWith(RunningHeliograph.class)
class WalkthroughTest {

    private static final Pattern WALKTHROUGH =
            Pattern.compile("<!-- walkthrough:start -->(.*)<!-- walkthrough:end -->", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern FRAME = Pattern.compile("\"type\":\"message\".*?\"rev\":(\\d+)");

    private final Heliograph heliograph;

    WalkthroughTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldWorkWhenPasted() throws IOException, InterruptedException {
        String output = paste("README.md");

        // Grace receives both messages, and after a reconnect the second once more.
        assertEquals(List.of("1", "2", "2"), revisionsHeard(output), output);
    }

    @Test
    void shouldUseTheRestApiAsItsGuideDescribes() throws IOException, InterruptedException {
        String output = paste("docs/guides/rest.md");

        assertTrue(output.contains("Plan 1, revised"), output);
        assertTrue(output.contains("\"unread\":2"), output);
    }

    @Test
    void shouldConnectAProductAsItsGuideDescribes() throws IOException, InterruptedException {
        String output = paste("docs/guides/embed.md");

        assertTrue(output.contains("\"content\":\"Order 17 has been shipped\""), output);
        assertTrue(output.contains("\"bot\":true"), output);
        assertTrue(output.contains("\"displayName\":\"Marie Curie\""), output);
        assertTrue(output.contains("\"created\":1"), output);
        assertTrue(output.contains("\"replyTo\":1,\"mentions\":["), output);
        assertTrue(output.contains("\"effectiveDays\":365"), output);
        List<String> ids = Pattern.compile("^[0-9a-f-]{36}$", Pattern.MULTILINE)
                .matcher(output)
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(3, ids.size(), output);
        // One direct room, and one account that the import and the exchange find.
        assertEquals(ids.get(0), ids.get(1), output);
        assertTrue(output.contains("\"status\":201,\"user\":{\"id\":\"" + ids.get(2) + "\""), output);
        assertTrue(output.contains("Bearer"), output);
    }

    @Test
    void shouldImportAHistoryFromSlack() throws IOException, InterruptedException {
        String output = paste("docs/guides/slack.md");

        assertTrue(output.contains("\"messages\":4"), output);
        assertTrue(output.contains("Welcome @Bob & all. The plan is here (https://example.org/plan)."), output);
        assertTrue(output.contains("> Ada: Welcome @Bob & all. The plan"), output);
        assertTrue(output.contains("\"leftOut\":{\"files\":1,\"reactions\":1}"), output);
        assertTrue(output.contains("\"createdAt\":\"2024-01-15T08:01:00.000200Z\""), output);
        assertTrue(output.contains("\"author\":\"Bob\""), output);
        assertFalse(output.contains("Tea?"), output);
    }

    /** What the page's commands print. */
    private String paste(String page) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", script(page))
                .directory(Heliograph.home().toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), output);
        return output;
    }

    private String script(String page) throws IOException {
        Matcher walkthrough =
                WALKTHROUGH.matcher(Files.readString(Heliograph.home().resolve(page)));
        assertTrue(walkthrough.find(), page + " has no walkthrough");
        return "HELIOGRAPH_URL=" + heliograph.gateway().address() + "\n"
                + BLOCK.matcher(walkthrough.group(1))
                        .results()
                        .map(block -> block.group(1))
                        .collect(Collectors.joining("\n"));
    }

    private static List<String> revisionsHeard(String output) {
        return FRAME.matcher(output).results().map(frame -> frame.group(1)).toList();
    }
}
