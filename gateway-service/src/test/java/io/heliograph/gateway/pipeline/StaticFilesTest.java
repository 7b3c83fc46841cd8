package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StaticFilesTest extends GatewayTest {

    private static final Pattern FILE = Pattern.compile("(?:src=|href=|from )\"(\\.{0,2}/[^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"/live", "/admin"})
    void shouldRedirectToThePageWithASlash(String path) throws IOException {
        Answer answer = open(path);

        assertEquals(308, answer.status());
        assertEquals(path + "/", answer.header("Location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/", "/admin/"})
    void shouldServeThePageAndItsFiles(String path) throws IOException {
        Answer page = open(path);

        assertEquals(200, page.status());
        assertTrue(page.header("Content-Type").startsWith("text/html"));
        assertEquals("same-origin", page.header("Cross-Origin-Resource-Policy"));
        assertFalse(page.header("Content-Security-Policy").contains("unsafe"));
        assertFalse(page.body().contains("://"), "an address of elsewhere");
        Set<String> files = files(path, page.body());
        assertTrue(files.size() > 10, files.toString());
        for (String file : files) {
            Answer answer = open(file);
            assertEquals(200, answer.status(), file);
            assertEquals(
                    List.of(file.contains("/uplot-") ? "public, max-age=31536000, immutable" : "no-cache"),
                    answer.all("Cache-Control"),
                    file);
        }
    }

    @Test
    void shouldServeTheWidgetToPagesOfOtherOrigins() throws IOException {
        Set<String> files = files("/widget/v1/", "src=\"./heliograph-chat.js\"");

        assertTrue(files.contains("/widget/v1/client/client.js"), files.toString());
        for (String file : files) {
            Answer answer = open(file);
            assertTrue(file.startsWith("/widget/v1/"), file);
            assertEquals(200, answer.status(), file);
            assertEquals(List.of("*"), answer.all("Access-Control-Allow-Origin"), file);
            assertEquals(List.of("cross-origin"), answer.all("Cross-Origin-Resource-Policy"), file);
            assertEquals(List.of("no-cache"), answer.all("Cache-Control"), file);
        }
    }

    @Test
    void shouldNotCacheMissingFiles() throws IOException {
        Answer answer = open("/live/uplot-0.0.0/uPlot.min.css");

        assertEquals(404, answer.status());
        assertFalse(answer.all("Cache-Control").toString().contains("immutable"));
    }

    /** What a page or script names, and what these name in turn. */
    private Set<String> files(String path, String text) throws IOException {
        Set<String> files = new LinkedHashSet<>();
        collect(URI.create(path), text, files);
        return files;
    }

    private void collect(URI base, String text, Set<String> files) throws IOException {
        for (String name :
                FILE.matcher(text).results().map(match -> match.group(1)).toList()) {
            URI file = base.resolve(name);
            if (files.add(file.getPath())
                    && file.getPath().endsWith(".js")
                    && !file.getPath().contains("/uplot-")) {
                collect(file, open(file.getPath()).body(), files);
            }
        }
    }

    private Answer open(String uri) throws IOException {
        return exchange("GET " + uri + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }
}
