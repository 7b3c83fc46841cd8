package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of libraries against known advisories, which continuous integration runs on the shipped ones. */
class AdvisoriesTest {

    @TempDir
    Path folder;

    private record Result(int status, String output) {}

    @Test
    void shouldFailOnALibraryThatIsAffected() throws Exception {
        ship("io.netty.netty-codec-http2-4.1.130.Final.jar");
        ship("io.netty.netty-codec-http-4.1.133.Final.jar");

        Result result = check();

        assertEquals(1, result.status(), result.output());
        assertTrue(result.output().contains("netty-codec-http2 4.1.130.Final has CVE-2026-33871"), result.output());
    }

    @Test
    void shouldPassWithFixedLibraries() throws Exception {
        ship("io.netty.netty-codec-http2-4.1.999.Final.jar");
        // Between the affected ranges of two advisories.
        ship("com.fasterxml.jackson.core.jackson-core-2.18.0.jar");

        Result result = check();

        assertEquals(0, result.status(), result.output());
    }

    @Test
    void shouldFailWithoutLibraries() throws Exception {
        assertEquals(2, check().status());
    }

    private void ship(String jar) throws IOException {
        Files.createFile(folder.resolve(jar));
    }

    private Result check() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Heliograph.home().resolve(".ci/advisories").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
