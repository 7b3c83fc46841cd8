package io.heliograph.message.token;

import static org.hamcrest.Matchers.containsString;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that come and go at the issuer, and clocks that differ from its clock. */
@QuarkusTest
class KeyRotationTest extends MessageServiceTest {

    @Test
    void shouldAcceptTokensOfANewKeyAtOnceAndRejectThoseOfARetiredOne() {
        String old = token(claims -> {});
        get(old).then().statusCode(200);

        issuer.rotate();

        get(token(claims -> {})).then().statusCode(200);
        assertRefused(get(old));
    }

    @ParameterizedTest
    @MethodSource("clocks")
    void shouldTolerateAMinuteOfClockSkewAndNoMore(Consumer<JwtClaims> within, Consumer<JwtClaims> beyond) {
        get(token(within)).then().statusCode(200);
        assertRefused(get(token(beyond)));
    }

    static Stream<Object[]> clocks() {
        return Stream.of(
                clocks(claims -> expired(claims, 40), claims -> expired(claims, 80)),
                clocks(claims -> claims.setIssuedAt(in(40)), claims -> claims.setIssuedAt(in(80))),
                clocks(claims -> claims.setNotBefore(in(40)), claims -> claims.setNotBefore(in(80))));
    }

    private static Object[] clocks(Consumer<JwtClaims> within, Consumer<JwtClaims> beyond) {
        return new Object[] {within, beyond};
    }

    private static void expired(JwtClaims claims, long secondsAgo) {
        claims.setIssuedAt(in(-900));
        claims.setExpirationTime(in(-secondsAgo));
    }

    private static NumericDate in(long seconds) {
        return NumericDate.fromSeconds(NumericDate.now().getValue() + seconds);
    }

    private String token(Consumer<JwtClaims> change) {
        return issuer.token(UUID.randomUUID(), "ada", change);
    }

    private static Response get(String token) {
        return anonymous().auth().oauth2(token).get("/api/rooms");
    }

    private static void assertRefused(Response answer) {
        refused(answer, 401, "invalid_token");
        answer.then().header("WWW-Authenticate", containsString("Bearer"));
    }
}
