package io.heliograph.message.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.testsupport.Json;
import io.quarkus.test.junit.QuarkusTest;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid opening handshakes of RFC 6455 (4.2.1), and invalid ones. */
@QuarkusTest
class HandshakeTest extends MessageServiceTest {

    private static final Map<String, String> GOOD = Map.of(
            "Host", "localhost",
            "Connection", "Upgrade",
            "Upgrade", "websocket",
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

    private record Answer(int status, String head, String body) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Connection            | keep-alive, Upgrade",
                "Connection            | upgrade",
                "Sec-WebSocket-Key     | AAAAAAAAAAAAAAAAAAAAAA==",
                "Upgrade               | WebSocket",
            })
    void shouldUpgrade(String field, String value) throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "HTTP/1.1", field, value).status()).isEqualTo(101);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "Sec-WebSocket-Version | none                          | 426 | unsupported_websocket_version",
                "Sec-WebSocket-Version | 0                             | 426 | unsupported_websocket_version",
                "Sec-WebSocket-Version | 7                             | 426 | unsupported_websocket_version",
                "Sec-WebSocket-Version | 8                             | 426 | unsupported_websocket_version",
                "Sec-WebSocket-Version | 14                            | 426 | unsupported_websocket_version",
                "Sec-WebSocket-Version | 13, 8                         | 426 | unsupported_websocket_version",
                "Sec-WebSocket-Version | thirteen                      | 426 | unsupported_websocket_version",
                "Sec-WebSocket-Key     | none                          | 400 | invalid_upgrade",
                "Sec-WebSocket-Key     | x                             | 400 | invalid_upgrade",
                "Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25j          | 400 | invalid_upgrade",
                "Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZXM=      | 400 | invalid_upgrade",
                "Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZQ        | 400 | invalid_upgrade",
                "Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZX==      | 400 | invalid_upgrade",
                "Sec-WebSocket-Key     | dGhlIHNhbXBsZS!ub25jZQ==      | 400 | invalid_upgrade",
                "Connection            | keep-alive                    | 400 | invalid_upgrade",
                "Connection            | upgraded                      | 400 | invalid_upgrade",
            })
    void shouldRejectAHandshakeWithAProblemDocument(String field, String value, int status, String code)
            throws IOException {
        try (Socket socket = connect()) {
            Answer answer = ask(socket, "HTTP/1.1", field, value);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.head()).containsIgnoringCase("content-type: application/problem+json");
            assertThat(Json.parse(answer.body()).get("code").asText()).isEqualTo(code);
            assertThat(Json.parse(answer.body()).get("status").asInt()).isEqualTo(status);
            if (status == 426) {
                assertThat(answer.head())
                        .containsIgnoringCase("sec-websocket-version: 13")
                        .containsIgnoringCase("upgrade: websocket")
                        .containsIgnoringCase("connection: upgrade");
            }
            assertThat(ask(socket, "HTTP/1.1", "Connection", "Upgrade").status())
                    .isEqualTo(101);
        }
    }

    @Test
    void shouldRejectAHandshakeOfHttp10() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "HTTP/1.0", "Connection", "Upgrade").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldNegotiateNoExtension() throws IOException {
        try (Socket socket = connect()) {
            Answer answer =
                    ask(socket, "HTTP/1.1", "Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");

            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.head()).doesNotContainIgnoringCase("extensions");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("localhost", server().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static Answer ask(Socket socket, String version, String field, String value) throws IOException {
        Map<String, String> fields = new TreeMap<>(GOOD);
        fields.remove(field);
        if (value != null) {
            fields.put(field, value);
        }
        socket.getOutputStream()
                .write(("GET /api/ws " + version + "\r\n"
                                + fields.entrySet().stream()
                                        .map(each -> each.getKey() + ": " + each.getValue() + "\r\n")
                                        .collect(Collectors.joining())
                                + "\r\n")
                        .getBytes(US_ASCII));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase().startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findAny()
                .orElse(0);
        byte[] body = new byte[length];
        in.readFully(body);
        return new Answer(Integer.parseInt(head.substring(9, 12)), head.toString(), new String(body, US_ASCII));
    }
}
