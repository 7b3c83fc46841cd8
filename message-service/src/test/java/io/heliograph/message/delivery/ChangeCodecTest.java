package io.heliograph.message.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCodecTest {

    private final ChangeCodec ours = new ChangeCodec("replica-1");
    private final ChangeCodec theirs = new ChangeCodec("replica-2");

    @Test
    void shouldDecodeEncodedChanges() {
        Buffer payload = theirs.encode(List.of(change(7, "{\"content\":\"a\\nb 👋\"}"), change(8, "{}")));

        List<Change> decoded = ours.decode(payload).changes();

        assertThat(decoded).extracting(Change::committedMillis).containsOnly(1_795_000_000_000L);
        assertThat(decoded).extracting(Change::rev).containsExactly(7L, 8L);
        assertThat(decoded)
                .extracting(change -> new String(change.frame(), UTF_8))
                .containsExactly("{\"content\":\"a\\nb 👋\"}", "{}");
    }

    @Test
    void shouldRecognizeItsOwnChanges() {
        assertThat(ours.isOurs(ours.encode(List.of(change(1, "{}"))))).isTrue();
        assertThat(ours.isOurs(theirs.encode(List.of(change(1, "{}"))))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "somebody",
                "somebody\n",
                "somebody\n12",
                "somebody\nx {}\n",
                "somebody\n {}\n",
                "somebody\n7 {}\n",
                "somebody\n7  {}\n"
            })
    void shouldIgnoreMalformedPayloads(String payload) {
        assertThat(ours.isOurs(Buffer.buffer(payload))).isFalse();
        assertThat(ours.decode(Buffer.buffer(payload)).changes()).isEmpty();
    }

    private static Change change(long rev, String frame) {
        return new Change(rev, 1_795_000_000_000L, frame.getBytes(UTF_8));
    }
}
