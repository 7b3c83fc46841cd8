package io.heliograph.message.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.Settings;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PreviewConfigTest {

    private static final String PREFIX = "heliograph.previews.";

    @ParameterizedTest
    @CsvSource({
        "max-concurrent, 7, 7",
        "max-waiting, 8, 8",
        "timeout, 9S, PT9S",
        "connect-timeout, 1S, PT1S",
        "max-redirects, 2, 2",
        "max-body, 64K, 65536",
        "max-age, 2H, PT2H",
        "negative-max-age, 5S, PT5S",
        "requests-per-host, 11, 11",
        "requests-per-user, 12, 12",
        "window, 13S, PT13S"
    })
    void shouldReadEachBoundFromItsSetting(String name, String value, String expected) throws Exception {
        PreviewConfig config = Settings.of(PreviewConfig.class, Map.of(PREFIX + name, value));

        Method getter = Arrays.stream(PreviewConfig.class.getDeclaredMethods())
                .filter(method -> setting(method).equals(name))
                .findFirst()
                .orElseThrow();
        Object set = getter.invoke(config);

        assertThat(set instanceof MemorySize size ? size.asLongValue() : set).hasToString(expected);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldBeDocumented(String name) throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "operations", "settings.md")).stream()
                .filter(line -> line.startsWith("| `" + PREFIX))
                .toList();

        assertThat(rows).anyMatch(row -> row.contains("`" + PREFIX + name + "`") || row.contains("`." + name + "`"));
    }

    @Test
    void shouldApplyTheSettingsToTheHttpClient() {
        PreviewConfig config = Settings.of(
                PreviewConfig.class, Map.of(PREFIX + "connect-timeout", "1S", PREFIX + "max-concurrent", "7"));

        assertThat(PreviewService.options(config).getConnectTimeout()).isEqualTo(1_000);
        assertThat(PreviewService.options(config).getMaxPoolSize()).isEqualTo(7);
    }

    static Stream<String> settings() {
        return Arrays.stream(PreviewConfig.class.getDeclaredMethods()).map(PreviewConfigTest::setting);
    }

    private static String setting(Method getter) {
        return getter.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
    }
}
