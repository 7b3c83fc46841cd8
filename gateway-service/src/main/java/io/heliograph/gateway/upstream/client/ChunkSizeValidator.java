package io.heliograph.gateway.upstream.client;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;

/**
 * Validates the chunk sizes of one body beside Netty's parser, which lets an oversized number overflow and ends a size
 * at any control character.
 */
public final class ChunkSizeValidator {

    /** In hexadecimal digits: no chunk is longer than 256 MB. */
    private static final int LONGEST = 7;

    private static final int LINE_BREAK = 2;

    /** Bytes up to the next size. */
    private long left;

    /** Whether what comes now is no size, or a good one, or not whole yet. */
    public boolean accept(ByteBuf bytes) {
        if (left > 0) {
            return true;
        }
        int start = bytes.readerIndex();
        int end = bytes.indexOf(start, bytes.writerIndex(), HttpConstants.LF);
        if (end < 0) {
            return true;
        }
        long size = 0;
        int i = start;
        for (int digit = Character.digit(bytes.getByte(i), 16);
                digit >= 0;
                digit = Character.digit(bytes.getByte(i), 16)) {
            size = size << 4 | digit;
            i++;
        }
        // After the last chunk there are no more sizes to read.
        left = size == 0 ? Long.MAX_VALUE : end + 1 - start + size + LINE_BREAK;
        return i > start && i - start <= LONGEST && isEndOfSize(bytes, i, end);
    }

    public void consumed(int count) {
        left -= count;
    }

    /** An extension may follow, and blanks before it, but nothing that a reader could take for the end of the line. */
    private static boolean isEndOfSize(ByteBuf bytes, int from, int end) {
        int i = from;
        while (i < end && (bytes.getByte(i) == HttpConstants.SP || bytes.getByte(i) == '\t')) {
            i++;
        }
        if (bytes.getByte(i) == HttpConstants.CR) {
            return i == end - 1;
        }
        return bytes.getByte(i) == ';' && bytes.indexOf(i, end, HttpConstants.CR) == end - 1;
    }
}
