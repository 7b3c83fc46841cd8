package io.heliograph.message.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text file, which end with LF, CR LF or the end of the file. The text is UTF-8 unless a byte order mark
 * indicates UTF-16. Of a line that is longer than any message, no more than the longest message is held in memory.
 */
final class LineInput {

    /** A line that is not valid text, and why. */
    static final class BadLine extends Exception {
        BadLine(String message) {
            super(message, null, false, false);
        }
    }

    /** The most bytes of a line: 8,000 characters of 12 bytes (two surrogates, escaped in JSON), and other fields. */
    private static final int MAX_BYTES = 256 * 1024;

    private final InputStream input;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final CharsetDecoder decoder;
    private final Charset charset;
    private boolean wide;
    private boolean bigEndian;
    private long number;
    private boolean ended;

    LineInput(InputStream input) throws IOException {
        this.input = input;
        limit = Math.max(0, input.readNBytes(buffer, 0, buffer.length));
        charset = charset();
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Detects the encoding by the byte order mark, which is skipped. */
    private Charset charset() {
        if (startsWith(0xFE, 0xFF)) {
            position = 2;
            wide = true;
            bigEndian = true;
            return StandardCharsets.UTF_16BE;
        } else if (startsWith(0xFF, 0xFE)) {
            position = 2;
            wide = true;
            return StandardCharsets.UTF_16LE;
        } else if (startsWith(0xEF, 0xBB, 0xBF)) {
            position = 3;
        }
        return StandardCharsets.UTF_8;
    }

    private boolean startsWith(int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= limit || (buffer[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private int read() throws IOException {
        if (position == limit) {
            position = 0;
            limit = input.read(buffer);
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        return buffer[position++] & 0xFF;
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** The next line without its line end; null after the last. After a {@link BadLine} the next line can be read. */
    String next() throws IOException, BadLine {
        if (ended) {
            return null;
        }
        line.reset();
        boolean tooLong = false;
        long length = 0;
        while (true) {
            int unit = unit();
            if (unit < 0) {
                ended = true;
                if (length == 0) {
                    return null;
                }
                break;
            }
            if (unit == '\n') {
                break;
            }
            length++;
            tooLong |= line.size() >= MAX_BYTES;
            if (!tooLong) {
                write(unit);
            }
        }
        number++;
        if (tooLong) {
            throw new BadLine("is over " + MAX_BYTES + " bytes");
        }
        return text();
    }

    /** A byte of UTF-8 or a code unit of UTF-16; -1 at the end. A single byte at the end of UTF-16 is ignored. */
    private int unit() throws IOException {
        int first = read();
        if (first < 0 || !wide) {
            return first;
        }
        int second = read();
        if (second < 0) {
            return -1;
        }
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    private void write(int unit) {
        if (!wide) {
            line.write(unit);
        } else if (bigEndian) {
            line.write(unit >> 8);
            line.write(unit);
        } else {
            line.write(unit);
            line.write(unit >> 8);
        }
    }

    private String text() throws BadLine {
        try {
            String text = decoder.decode(ByteBuffer.wrap(line.toByteArray())).toString();
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException malformed) {
            throw new BadLine("is not " + charset + ", in which this file is read");
        }
    }
}
