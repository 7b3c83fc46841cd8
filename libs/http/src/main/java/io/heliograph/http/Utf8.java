package io.heliograph.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Checks that bytes are UTF-8 (RFC 3629). Jackson accepts overlong forms and surrogates, and detects UTF-16 and UTF-32
 * by their zero bytes.
 */
public final class Utf8 {

    private static final int CHUNK = 8192;

    private Utf8() {}

    /** Whether JSON may be read from it: JSON is UTF-8 alone (RFC 8259, 8.1), and has no zero bytes. */
    public static boolean mayBeJson(byte[] text) {
        return (text.length < 2 || (text[0] != 0 && text[1] != 0)) && isValid(text);
    }

    private static boolean isValid(byte[] text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(text);
        // The decoder stops before a character that needs two places and has one.
        CharBuffer decoded = CharBuffer.allocate(Math.min(text.length, CHUNK) + 1);
        CoderResult result = decoder.decode(bytes, decoded, true);
        while (result.isOverflow()) {
            decoded.clear();
            result = decoder.decode(bytes, decoded, true);
        }
        return !result.isError();
    }
}
