package io.heliograph.benchmarks.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadTheHomesInOrder() throws IOException {
        Path newer = home("newer", "25.0.3+9-LTS");
        Path older = home("older", "17.0.15+6");

        List<Jdk> found = Jdk.of(newer + ", " + older);

        assertEquals(
                List.of("25.0.3+9-LTS", "17.0.15+6"),
                found.stream().map(Jdk::version).toList());
        assertEquals(newer.resolve("bin/java").toString(), found.get(0).command());
    }

    @Test
    void shouldUseTheJdkOfTheLoadByDefault() {
        for (String unset : new String[] {null, " "}) {
            Jdk found = Jdk.of(unset).get(0);

            assertEquals(System.getProperty("java.runtime.version"), found.version());
            assertEquals(Path.of(System.getProperty("java.home")), found.home());
        }
    }

    @Test
    void shouldUseAnAotCacheOnTheJdkOfTheImagesOnly() {
        assertTrue(new Jdk(folder, "25.0.3+9-LTS").hasAotCache());
        assertFalse(new Jdk(folder, "17.0.15+6-Debian-1deb12u1").hasAotCache());
    }

    @Test
    void shouldRejectAFolderThatIsNoJavaHome() {
        String elsewhere = folder.resolve("elsewhere").toString();

        assertThrows(UncheckedIOException.class, () -> Jdk.of(elsewhere));
    }

    private Path home(String name, String version) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        Files.writeString(home.resolve("release"), "JAVA_RUNTIME_VERSION=\"" + version + "\"\n");
        return home;
    }
}
