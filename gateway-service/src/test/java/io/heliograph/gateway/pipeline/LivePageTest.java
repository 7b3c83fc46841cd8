package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LivePageTest extends GatewayTest {

    private static final Pattern FILE = Pattern.compile("(?:src=|href=|from )\"(/[^\"]+|\\./[^\"]+)\"");

    @Test
    void shouldRedirectToThePageWithASlash() throws IOException {
        Answer answer = open("/live");

        assertEquals(308, answer.status());
        assertEquals("/live/", answer.header("Location"));
    }

    @Test
    void shouldServeThePageAndItsFiles() throws IOException {
        Answer page = open("/live/");

        assertEquals(200, page.status());
        assertTrue(page.header("Content-Type").startsWith("text/html"));
        assertFalse(page.header("Content-Security-Policy").contains("unsafe"));
        assertFalse(page.body().contains("://"), "an address of elsewhere");
        Set<String> files = files("/live/", page.body());
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
    void shouldNotCacheMissingFiles() throws IOException {
        Answer answer = open("/live/uplot-0.0.0/uPlot.min.css");

        assertEquals(404, answer.status());
        assertFalse(answer.all("Cache-Control").toString().contains("immutable"));
    }

    /** What a page or script names, and what these name in turn. */
    private Set<String> files(String folder, String text) throws IOException {
        Set<String> files = new LinkedHashSet<>();
        for (String name :
                FILE.matcher(text).results().map(match -> match.group(1)).toList()) {
            String file = name.startsWith("./") ? folder + name.substring(2) : name;
            if (files.add(file) && file.endsWith(".js") && !file.contains("/uplot-")) {
                files.addAll(files(folder, open(file).body()));
            }
        }
        return files;
    }

    private Answer open(String uri) throws IOException {
        return exchange("GET " + uri + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }
}
