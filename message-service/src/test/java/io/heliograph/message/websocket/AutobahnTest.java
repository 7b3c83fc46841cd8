package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The rules of RFC 6455, with a client that violates them. */
@QuarkusTest
class AutobahnTest extends MessageServiceTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "autobahn.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = -1)
    void shouldRespondToFramesAsRfc6455Requires(String section, int octets, String frames, String answers) {
        // Given
        FrameVector vector = FrameVector.of(frames, answers);

        try (RawSocket socket = RawSocket.open(server())) {
            // When
            pieces(vector.sent(), octets).forEach(socket::bytes);

            // Then
            assertThat(received(socket)).isEqualTo(vector.answers());
        }
    }

    @Test
    void shouldSendTheCloseCodeToAClientThatIsStillSending() {
        byte[] tooLong = FrameVector.of("81 ping#2000000", "close 1009").sent();
        for (int i = 0; i < 30; i++) {
            try (RawSocket socket = RawSocket.open(server())) {
                socket.bytes(tooLong);
                assertThat(received(socket)).containsExactly("close 1009");
            }
        }
    }

    /** Up to the end of the connection. */
    private static List<String> received(RawSocket socket) {
        return Stream.generate(socket::next)
                .takeWhile(frame -> frame != null)
                .map(FrameVector::show)
                .toList();
    }

    private static Stream<byte[]> pieces(byte[] bytes, int octets) {
        return octets == 0
                ? Stream.of(bytes)
                : IntStream.iterate(0, from -> from < bytes.length, from -> from + octets)
                        .mapToObj(from -> Arrays.copyOfRange(bytes, from, Math.min(from + octets, bytes.length)));
    }
}
