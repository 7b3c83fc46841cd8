package io.heliograph.testsupport;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLDecoder;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call of a service rejects types and bodies that it cannot read, and types that it cannot send, before it acts. */
public abstract class ContentNegotiationContract {

    private static final String TWICE = "{\"a\": 1, \"a\": 2}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "foo",
                "application/json;q=0",
                "application/json;q=0, text/*",
                "*/*, application/json;q=0, application/octet-stream;q=0"
            })
    void shouldRejectEveryCallWithAnUnsupportedAcceptHeader(String accept) {
        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls()) {
            RequestSpecification request = asks().header("Accept", accept);
            if (call.takesBody()) {
                request.header("Content-Type", call.mediaTypes().get(0));
            }
            check(all, call, send(call, request, "{}"), 406, "not_acceptable");
        }
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "application/*",
                "*/*",
                "foo"
            })
    void shouldRejectEveryBodyOfAnUnsupportedType(String type) {
        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls()) {
            if (call.takesBody() && !call.mediaTypes().contains(type)) {
                check(all, call, send(call, asks().header("Content-Type", type), "{}"), 415, "unsupported_media_type");
            }
        }
        all.assertAll();
    }

    @Test
    void shouldRejectEveryBodyWithAContentEncoding() {
        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls()) {
            if (call.takesBody()) {
                RequestSpecification encoded =
                        asks().header("Content-Type", call.mediaTypes().get(0)).header("Content-Encoding", "gzip");
                check(all, call, send(call, encoded, "{}"), 415, "unsupported_media_type");
            }
        }
        all.assertAll();
    }

    @Test
    void shouldRejectEveryBodyWithADuplicateField() {
        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls()) {
            for (String type : call.mediaTypes()) {
                if (type.endsWith("json")) {
                    check(all, call, send(call, asks().header("Content-Type", type), TWICE), 400, "invalid_json");
                }
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @CsvSource({
        "an overlong form, {\"a\":\"%C0%AF\"}",
        "half of a pair, {\"a\":\"%ED%A0%80\"}",
        "beyond Unicode, {\"a\":\"%F4%90%80%80\"}",
        "no first byte, {\"a\":\"%BF\"}",
        "cut in a character, {\"a\":\"%E2%82",
        "cut in a field, {\"%E2%82\":1}",
        "ISO 8859-1, {\"a\":\"%FCber\"}",
        "UTF-16, %FE%FF%00{%00}",
        "UTF-16 without a mark, %00{%00}",
        "UTF-16 in the other order, {%00}%00",
        "UTF-32, %00%00%00{%00%00%00}"
    })
    void shouldRejectEveryBodyThatIsNotUtf8(String what, String encoded) {
        byte[] body = URLDecoder.decode(encoded, ISO_8859_1).getBytes(ISO_8859_1);
        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls()) {
            for (String type : call.mediaTypes()) {
                if (type.endsWith("json")) {
                    check(all, call, send(call, asks().header("Content-Type", type), body), 400, "invalid_json");
                }
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*;q=0.1", "application/json;q=0.1", "foo/bar, application/*", "text/html, *; q=.2, */*; q=.2"
            })
    void shouldRespondWithJson(String accept) {
        asks().header("Accept", accept)
                .get(readable())
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json;charset=UTF-8");
    }

    /** A request of a user who may use every call. */
    protected abstract RequestSpecification asks();

    /** The path of a call that returns JSON to {@link #asks}. */
    protected abstract String readable();

    protected static List<ApiCall> calls() {
        List<ApiCall> calls = ApiCall.of(given().get("/q/openapi?format=json").asString());
        assertThat(calls.stream().filter(ApiCall::takesBody)).hasSizeGreaterThan(5);
        return calls;
    }

    protected static Response send(ApiCall call, RequestSpecification request, String body) {
        return send(call, request, body.getBytes(UTF_8));
    }

    private static Response send(ApiCall call, RequestSpecification request, byte[] body) {
        // RestAssured would make a form of it, or add a charset.
        RequestSpecification plain = request.config(RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs("application/x-www-form-urlencoded", ContentType.BINARY)
                        .encodeContentTypeAs("multipart/form-data", ContentType.BINARY)));
        RequestSpecification whole = call.takesBody() ? plain.body(body) : plain;
        return whole.urlEncodingEnabled(false).request(call.method(), call.path());
    }

    private static void check(SoftAssertions all, ApiCall call, Response answer, int status, String code) {
        all.assertThat(answer.statusCode()).as(call + " status").isEqualTo(status);
        all.assertThat(answer.contentType()).as(call + " type").startsWith("application/problem+json");
        all.assertThat(answer.asString()).as(call + " problem").contains("\"code\":\"" + code + "\"");
    }
}
