package io.heliograph.gateway.security;

import java.util.List;

/**
 * The elements of a list header from the last one on, which is the order in which they can be trusted. Read from this
 * end, what a stranger wrote at the other cannot change how the rest is read.
 */
final class ReverseHeaderList {

    private final List<String> lines;
    private int line;
    private int end;

    ReverseHeaderList(List<String> lines) {
        this.lines = lines;
        this.line = lines.size();
        this.end = -1;
    }

    /** Null when there is no more. Commas in quotes part nothing. */
    String next() {
        if (end < 0) {
            if (line == 0) {
                return null;
            }
            end = lines.get(--line).length();
        }
        String text = lines.get(line);
        int start = end;
        boolean quoted = false;
        while (start > 0) {
            char c = text.charAt(start - 1);
            if (c == ',' && !quoted) {
                break;
            }
            quoted ^= c == '"';
            start--;
        }
        String element = text.substring(start, end).trim();
        end = start - 1;
        return element;
    }
}
