package io.heliograph.e2e.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core finds wrong with a page: the rules of WCAG 2.2 A and AA, and its best practices. */
public final class Accessibility {

    private static final String AXE = read();

    private static final String RUN = """
            const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
            return axe.run(document, { runOnly: { type: "tag", values: tags } }).then(({ violations }) =>
              violations.flatMap(({ id, help, nodes }) =>
                nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target}: ${failureSummary}`)));
            """;

    private Accessibility() {}

    /** One line each; empty where nothing is found. */
    @SuppressWarnings("unchecked")
    public static List<String> violations(Browser browser) {
        browser.run("if (!window.axe) { " + AXE + " }");
        return (List<String>) browser.run(RUN);
    }

    private static String read() {
        try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
