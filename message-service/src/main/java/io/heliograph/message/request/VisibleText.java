package io.heliograph.message.request;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks that a text has visible characters. Names have a stricter rule, like display names in user-service: only
 * visible characters, plain spaces and what belongs to a visible character, so nothing that breaks, reorders or hides
 * the text around them.
 */
public final class VisibleText {

    /** Letters and symbols that are invisible: fillers of Hangul, and a braille cell without dots. */
    private static final Set<Integer> FILLERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800);

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    /** More marks on one letter than any language needs climb over the lines around them. */
    private static final int MOST_MARKS = 4;

    private static final Pattern SPACES = Pattern.compile("\\p{Zs}+");

    private VisibleText() {}

    public static boolean isBlank(String text) {
        return text.codePoints().noneMatch(VisibleText::isSeen);
    }

    /**
     * The normal form of a name: composed (NFC), all white space as plain spaces, none at the ends. Null stays null.
     */
    public static String foldName(String typed) {
        return typed == null
                ? null
                : SPACES.matcher(Normalizer.normalize(typed, Form.NFC))
                        .replaceAll(" ")
                        .strip();
    }

    /** Whether a folded name has only visible characters. */
    public static boolean isName(String folded) {
        int marks = 0;
        int before = ' ';
        for (int point : folded.codePoints().toArray()) {
            marks = isMark(point) ? marks + 1 : 0;
            boolean belongs = before != ' ' && (isMark(point) || isJoined(point));
            if (marks > MOST_MARKS || !(belongs || point == ' ' || isSeen(point))) {
                return false;
            }
            before = point;
        }
        return !isBlank(folded) && before != JOINER && before != NON_JOINER;
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            // Emoji newer than this Java are unassigned to it; so are characters that will never be.
            case Character.UNASSIGNED -> !isNoncharacter(point) && !isTagBlock(point);
            default -> !FILLERS.contains(point);
        };
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** Inside words of Arabic, Persian and the scripts of India, inside emoji, and the flags of parts of countries. */
    private static boolean isJoined(int point) {
        return point == NON_JOINER || point == JOINER || (point >= 0xE0020 && point <= 0xE007F);
    }

    private static boolean isNoncharacter(int point) {
        return (point & 0xFFFE) == 0xFFFE
                || (point >= 0xFDD0 && point <= 0xFDEF)
                || (point >= 0xFFF0 && point <= 0xFFFF);
    }

    private static boolean isTagBlock(int point) {
        return point >= 0xE0000 && point <= 0xE0FFF;
    }
}
