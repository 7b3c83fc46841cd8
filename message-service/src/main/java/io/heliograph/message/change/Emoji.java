package io.heliograph.message.change;

import java.util.regex.Pattern;

/**
 * Tells an emoji from other text, by the grammar of a possible emoji of Unicode Technical Standard 51, section 1.4.9.
 * Java 17 knows no emoji property, so the pictographs are given by their blocks, which also lets new ones in.
 */
final class Emoji {

    /** In UTF-16 units: the longest family with skin tones has 25. */
    private static final int LONGEST = 32;

    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";
    private static final String KEYCAP = "[0-9#*]\\x{FE0F}?\\x{20E3}";
    private static final String PICTOGRAPH = "[\\x{1F000}-\\x{1F1E5}\\x{1F200}-\\x{1FAFF}\\x{2190}-\\x{21FF}"
            + "\\x{2300}-\\x{23FF}\\x{2460}-\\x{24FF}\\x{25A0}-\\x{27BF}\\x{2900}-\\x{297F}\\x{2B00}-\\x{2BFF}"
            + "\\x{A9}\\x{AE}\\x{203C}\\x{2049}\\x{2122}\\x{2139}\\x{3030}\\x{303D}\\x{3297}\\x{3299}]";
    private static final String MODIFIER =
            "(?:[\\x{1F3FB}-\\x{1F3FF}]|\\x{FE0F}\\x{20E3}?|[\\x{E0020}-\\x{E007E}]+\\x{E007F})?";
    private static final String ELEMENT = "(?:" + FLAG + "|" + KEYCAP + "|" + PICTOGRAPH + MODIFIER + ")";
    private static final Pattern EMOJI = Pattern.compile(ELEMENT + "(?:\\x{200D}" + ELEMENT + ")*");

    private Emoji() {}

    static boolean is(String text) {
        return text.length() <= LONGEST && EMOJI.matcher(text).matches();
    }
}
