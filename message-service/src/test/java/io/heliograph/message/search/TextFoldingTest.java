package io.heliograph.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The database folds names and the service folds messages, with the same result. */
@QuarkusTest
class TextFoldingTest extends MessageServiceTest {

    /** Set by the test resource. */
    PostgresServer postgres;

    @Test
    void shouldFoldAsTheDatabaseDoes() throws SQLException {
        List<String> texts = new ArrayList<>();
        SearchExample.all().forEach(example -> texts.addAll(List.of(example.text(), example.query())));
        // Each character of these: Latin, Greek, Cyrillic, Hebrew, Arabic; more Latin and Greek; Kana; full width.
        Stream.of(
                        IntStream.range(0x20, 0x0530),
                        IntStream.range(0x0591, 0x0700),
                        IntStream.range(0x1E00, 0x2000),
                        IntStream.range(0x3041, 0x3100),
                        IntStream.range(0xFF01, 0xFF9F))
                .flatMapToInt(range -> range)
                .filter(Character::isDefined)
                .filter(point -> Character.getType(point) != Character.FORMAT)
                .mapToObj(point -> "a" + Character.toString(point) + "b")
                .forEach(texts::add);

        List<String> different = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                var folded = connection.prepareStatement("select message_service.folded_name(?)")) {
            for (String text : texts) {
                folded.setString(1, text);
                try (var row = folded.executeQuery()) {
                    row.next();
                    if (!row.getString(1).equals(TextFolding.fold(text))) {
                        different.add(text + ": " + row.getString(1) + " and " + TextFolding.fold(text));
                    }
                }
            }
        }
        assertThat(different).isEmpty();
    }
}
