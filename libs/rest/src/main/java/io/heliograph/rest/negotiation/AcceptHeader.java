package io.heliograph.rest.negotiation;

import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The media types that a client accepts (RFC 9110, 12.5.1). A member that cannot be parsed accepts nothing; parameters
 * other than {@code q} make no difference.
 */
record AcceptHeader(List<Range> ranges) {

    /**
     * @param type in lower case, as the subtype
     * @param quality 0 to 1; a type with 0 is not accepted
     */
    record Range(String type, String subtype, double quality) {

        private static final int NONE = -1;
        private static final int EXACT = 2;

        /** How much of the candidate the range names; {@link #NONE} if it does not match. */
        private int specificity(MediaType candidate) {
            if (type.equals(ANY)) {
                return 0;
            } else if (!type.equals(candidate.getType())) {
                return NONE;
            } else if (subtype.equals(ANY)) {
                return 1;
            }
            return subtype.equals(candidate.getSubtype()) ? EXACT : NONE;
        }
    }

    private static final String ANY = "*";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    /** Older Java clients send a lone {@code *} for any type. */
    private static final Pattern RANGE = Pattern.compile("(" + TOKEN + ")/(" + TOKEN + ")|\\*");

    private static final Pattern QUALITY = Pattern.compile("0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?|\\.\\d{1,3}");

    /** Of all lines of the header. Without a member everything is accepted. */
    static AcceptHeader parse(List<String> lines) {
        List<Range> ranges = new ArrayList<>();
        boolean empty = true;
        for (String line : lines) {
            for (String member : split(line, ',')) {
                empty = empty && member.isEmpty();
                Range range = range(member);
                if (range != null) {
                    ranges.add(range);
                }
            }
        }
        return new AcceptHeader(empty ? List.of(new Range(ANY, ANY, 1)) : List.copyOf(ranges));
    }

    /** That of the most specific range that matches; 0 if none does. */
    double quality(MediaType candidate) {
        int best = Range.NONE;
        double quality = 0;
        for (Range range : ranges) {
            int specificity = range.specificity(candidate);
            if (specificity > best || (specificity == best && range.quality > quality)) {
                best = specificity;
                quality = best == Range.NONE ? 0 : range.quality;
            }
        }
        return quality;
    }

    /** Null if it cannot be parsed. */
    private static Range range(String member) {
        List<String> parts = split(member, ';');
        Matcher range = RANGE.matcher(parts.get(0));
        if (!range.matches()) {
            return null;
        }
        String type = range.group(1) == null ? ANY : range.group(1).toLowerCase(Locale.ROOT);
        String subtype = range.group(2) == null ? ANY : range.group(2).toLowerCase(Locale.ROOT);
        double quality = weight(parts.subList(1, parts.size()));
        return quality < 0 || (type.equals(ANY) && !subtype.equals(ANY)) ? null : new Range(type, subtype, quality);
    }

    /** Negative if it cannot be parsed. */
    private static double weight(List<String> parameters) {
        for (String parameter : parameters) {
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                String quality = parameter.substring(2);
                return QUALITY.matcher(quality).matches() ? Double.parseDouble(quality) : -1;
            }
        }
        return 1;
    }

    /** At separators outside of quotes, without the blanks around each part. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i).trim());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).trim());
        return parts;
    }
}
