package io.heliograph.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/%zz", "/a%2", "/a%", "/?q=%g0", "/%2f?q=%20", "/a/b?c=d&e[]=f", "/a[0]", "//a/b", "/;a=b", "*"
            })
    void shouldAcceptWhatQuarkusAccepts(String uri) {
        assertEquals(isUri(uri), RequestTarget.isReadable(uri));
    }

    @Test
    void shouldAcceptTheSamePrintableCharactersAsQuarkus() {
        for (char c = '!'; c < 0x7f; c++) {
            String path = "/a" + c + "b";
            assertEquals(isUri(path), RequestTarget.isReadable(path), path);
            String query = "/a?" + c + "b";
            assertEquals(isUri(query), RequestTarget.isReadable(query), query);
        }
    }

    @Test
    void shouldEncodePrintableCharactersOfAQueryAndLeaveOthersUnchanged() {
        for (char c = '!'; c < 0x7f; c++) {
            String query = "/a?b" + c + "20";
            String encoded = RequestTarget.encoded(query);
            assertTrue(RequestTarget.isReadable(encoded), query);
            assertEquals(
                    RequestTarget.isReadable(query)
                            ? query
                            : "/a?b%" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + "20",
                    encoded);
            assertEquals(encoded, RequestTarget.encoded(encoded));
        }
    }

    @Test
    void shouldRejectAPathThatParsersReadDifferently() {
        for (String path : new String[] {"/a\\b", "/a\"b", "/<a>", "/%zz"}) {
            assertEquals(path, RequestTarget.encoded(path));
            assertFalse(RequestTarget.isReadable(path));
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).getPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
