package io.heliograph.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;

/** The first line of a request, before it is parsed. */
final class RequestLine {

    private static final int WORDS = 3;

    private RequestLine() {}

    /** Whether the line that begins here, as far as it has come, is three words with a space between each. */
    static boolean isPlain(ByteBuf bytes) {
        int i = bytes.readerIndex();
        int end = bytes.writerIndex();
        // Some clients send an empty line after a body, which the RFC would have one overlook.
        while (i < end && isLineBreak(bytes.getByte(i))) {
            i++;
        }
        int words = 1;
        int length = 0;
        for (; i < end; i++) {
            byte b = bytes.getByte(i);
            if (isLineBreak(b)) {
                return words == WORDS && length > 0;
            } else if (b == HttpConstants.SP && length > 0) {
                words++;
                length = 0;
            } else if ((b >= 0 && b <= HttpConstants.SP) || b == 0x7f) {
                return false;
            } else {
                length++;
            }
        }
        return true;
    }

    private static boolean isLineBreak(byte b) {
        return b == HttpConstants.CR || b == HttpConstants.LF;
    }
}
