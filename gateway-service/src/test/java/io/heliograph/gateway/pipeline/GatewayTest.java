package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.testsupport.ManagementPort;
import io.heliograph.testsupport.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** The base of the black-box tests: the address of the gateway, a token, and the services behind it. */
@QuarkusTestResource(Upstreams.class)
@QuarkusTestResource(OtherIssuer.class)
@QuarkusTestResource(SelfSigned.class)
abstract class GatewayTest {

    static {
        // A busy machine is no failure.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
    }

    /** A short half-closed timeout, so that a closed connection of a client is detected soon. */
    static final Duration GONE = Duration.ofMillis(200);

    static final UUID ADA = UUID.fromString("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b");

    @TestHTTPResource("/")
    URL gateway;

    TokenIssuer issuer;
    GoodUpstream good;
    BadUpstream bad;
    ScriptedUpstream scripted;

    @AfterEach
    void undoChanges() {
        TestBounds.restore();
        scripted.answer(request -> request.response().end());
    }

    RawClient connect() throws IOException {
        return new RawClient(gateway.getPort());
    }

    String bearer() {
        return "Authorization: Bearer " + issuer.token(ADA, "ada") + "\r\n";
    }

    /** A request with a good token and these further headers, each ending in CRLF. */
    String request(String method, String uri, String... headers) {
        return method + " " + uri + " HTTP/1.1\r\nHost: heliograph.example\r\n" + bearer() + String.join("", headers)
                + "\r\n";
    }

    String upgrade(String uri, String... headers) {
        return request(
                "GET",
                uri,
                "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + String.join("", headers));
    }

    /** Sends a text on a new connection and reads one response. */
    Answer exchange(String text) throws IOException {
        try (RawClient client = connect()) {
            Answer answer = client.send(text).read();
            OwnContract.check(text, answer);
            return answer;
        }
    }

    Answer get(String uri, String... headers) throws IOException {
        return exchange(request("GET", uri, headers));
    }

    static String metrics() throws IOException {
        return management("/metrics");
    }

    static String management(String path) throws IOException {
        try (var in = ManagementPort.uri(path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String code(Answer answer) {
        return new JsonObject(answer.body()).getString("code");
    }
}
