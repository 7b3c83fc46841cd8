package io.heliograph.user.account;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rule for display names. They are not unique: a person is identified by the username. The rule rejects names that
 * are made to deceive, not all names that look alike. See docs/adr/0022.
 */
public final class DisplayNames {

    /** In code points, of the folded name. */
    private static final int LONGEST = 64;

    private static final Pattern SPACES = Pattern.compile("\\p{Zs}+");

    /**
     * Characters that are invisible, or that reorder, break or replace the text around them. U+2800 is a braille cell
     * without dots.
     */
    private static final String UNSEEN = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5"
            + "\\u180B-\\u180F\\u2800\\u3164\\uFFA0\\uFDD0-\\uFDEF\\uFE00-\\uFE0F\\uFFF0-\\uFFFF\\x{E0000}-\\x{E0FFF}";

    /** Emoji newer than this Java are unassigned to it. */
    private static final String EMOJI = "[\\p{So}\\p{Sk}\\p{Sm}\\p{Cn}&&[^" + UNSEEN + "]]";

    /** Of the scripts that join or stack their letters, as {@link #ALPHABETS} do not. */
    private static final String JOINING = "[\\p{L}\\p{M}&&[^\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}" + UNSEEN + "]]";

    /** A visible character with the invisible ones that belong to it. */
    private static final String CHARACTER = String.join(
            "|",
            // The flags of England, Scotland and Wales.
            "\\x{1F3F4}[\\x{E0061}-\\x{E007A}]{2,6}\\x{E007F}",
            // In colour or not, and joined to the next part of one picture.
            EMOJI + "[\\uFE0E\\uFE0F]?(\\u200D(?=" + EMOJI + "))?",
            // Keycaps, and the marks that are emoji too.
            "[\\p{Po}\\p{Pd}0-9][\\uFE0E\\uFE0F]?",
            // The variant of a character that a family writes its name with.
            "\\p{IsHan}[\\x{E0100}-\\x{E01EF}]?",
            // Inside words of Arabic, Persian and the scripts of India.
            JOINING + "([\\u200C\\u200D](?=" + JOINING + "))?",
            "[^" + UNSEEN + "]");

    /** Possessive: no text is tried in two ways. */
    private static final Pattern SEEN = Pattern.compile("(?!\\p{M})(" + CHARACTER + ")++");

    /** More marks on one letter than any language needs climb over the lines around them. */
    private static final Pattern HEAPED = Pattern.compile("\\p{Mn}{5}");

    /** Their letters look alike, and no language writes a word with two of them. */
    private static final Set<UnicodeScript> ALPHABETS = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE);

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}]+");

    private DisplayNames() {}

    /**
     * The normal form of a name: composed (NFC), all white space as plain spaces, none at the ends. Null stays null.
     */
    public static String fold(String typed) {
        return typed == null
                ? null
                : SPACES.matcher(Normalizer.normalize(typed, Form.NFC))
                        .replaceAll(" ")
                        .strip();
    }

    static boolean allow(String typed) {
        String folded = fold(typed);
        return folded.codePointCount(0, folded.length()) <= LONGEST
                && SEEN.matcher(folded).matches()
                && !HEAPED.matcher(folded).find()
                && BETWEEN_WORDS.splitAsStream(folded).allMatch(DisplayNames::isOfOneAlphabet);
    }

    private static boolean isOfOneAlphabet(String word) {
        return word.codePoints()
                        .mapToObj(UnicodeScript::of)
                        .filter(ALPHABETS::contains)
                        .distinct()
                        .count()
                <= 1;
    }
}
