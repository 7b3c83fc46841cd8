package io.heliograph.user.signin.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The most common passwords of 8 characters and more, in lower case. They are kept as the bytes of their sorted file: a
 * set of strings would permanently take seven times as much memory.
 */
final class CommonPasswords {

    private static final String RESOURCE = "/common-passwords.txt";

    private final byte[] lines;
    private final int first;

    private CommonPasswords(byte[] lines) {
        this.lines = lines;
        this.first = firstAfterComments(lines);
    }

    static CommonPasswords load() {
        try (InputStream list = CommonPasswords.class.getResourceAsStream(RESOURCE)) {
            return new CommonPasswords(list.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A binary search over the beginnings of lines. */
    boolean contain(String lowerCase) {
        byte[] wanted = lowerCase.getBytes(StandardCharsets.UTF_8);
        int low = first;
        int high = lines.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int start = startOfLine(middle, low);
            int end = endOfLine(lines, middle);
            int order = Arrays.compareUnsigned(lines, start, end, wanted, 0, wanted.length);
            if (order == 0) {
                return true;
            } else if (order < 0) {
                low = end + 1;
            } else {
                high = start;
            }
        }
        return false;
    }

    private int startOfLine(int within, int least) {
        int start = within;
        while (start > least && lines[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int endOfLine(byte[] lines, int within) {
        int end = within;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        return end;
    }

    private static int firstAfterComments(byte[] lines) {
        int start = 0;
        while (lines[start] == '#') {
            start = endOfLine(lines, start) + 1;
        }
        return start;
    }
}
