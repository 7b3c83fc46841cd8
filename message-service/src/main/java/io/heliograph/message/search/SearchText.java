package io.heliograph.message.search;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The words of a text, folded, in their order. A word consists of letters, digits and their marks; each character of a
 * script without blanks between words is a word, and so is each symbol, such as an emoji. Other characters separate
 * words: the parts of {@code foo-bar}, of addresses and of names with dots are words.
 */
record SearchText(List<String> words) {

    /** Characters of a word that are indexed, at most 256 bytes: a longer word is found by its beginning. */
    private static final int MAX_WORD = 64;

    /** The lengths of the beginnings that are indexed; a lookup of another length uses the next shorter one. */
    private static final int[] LENGTHS = {1, 2, 3, 5, 8, 13, 21, 34, 55};

    /** The limit of the lexemes of one text, in characters: PostgreSQL accepts 1 MB. */
    private static final int MAX_LEXEMES = 250_000;

    /**
     * Scripts without blanks between words, and Korean, whose words are joined to others: pairs of characters are looked
     * up, so that a word is found at any place, without a dictionary.
     */
    private static final Set<UnicodeScript> BY_CHARACTER = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN,
            UnicodeScript.NEW_TAI_LUE,
            UnicodeScript.TAI_LE,
            UnicodeScript.TAI_THAM,
            UnicodeScript.TAI_VIET,
            UnicodeScript.JAVANESE,
            UnicodeScript.BALINESE);

    /** Has the script COMMON, but is part of words of Katakana. */
    private static final int PROLONGED_SOUND = 0x30FC;

    private static final int LAST_OF_ASCII = 0x7F;

    static SearchText of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int length = 0;
        for (int point : TextFolding.fold(text).codePoints().toArray()) {
            boolean alone = isByCharacter(point) || isSymbol(point);
            if (!alone && isPartOfWord(point)) {
                if (length++ < MAX_WORD) {
                    word.appendCodePoint(point);
                }
                continue;
            }
            if (length > 0) {
                words.add(word.toString());
                word.setLength(0);
                length = 0;
            }
            if (alone) {
                words.add(Character.toString(point));
            }
        }
        if (length > 0) {
            words.add(word.toString());
        }
        return new SearchText(List.copyOf(words));
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** The words, each between blanks, so that a pattern that begins with a blank matches the beginning of a word. */
    String spaced() {
        return " " + String.join(" ", words) + " ";
    }

    /** The index entries of this text. */
    Set<String> lexemes() {
        Set<String> lexemes = new LinkedHashSet<>();
        int characters = 0;
        for (int i = 0; i < words.size() && characters < MAX_LEXEMES; i++) {
            String word = words.get(i);
            if (isByCharacter(word.codePointAt(0))) {
                lexemes.add(word);
                String next = i + 1 < words.size() ? words.get(i + 1) : "";
                characters += word.length();
                if (!next.isEmpty() && isByCharacter(next.codePointAt(0))) {
                    lexemes.add(word + next);
                    characters += 2 * word.length();
                }
            } else {
                int length = word.codePointCount(0, word.length());
                for (int beginning : LENGTHS) {
                    if (beginning <= length && lexemes.add(beginning(word, beginning))) {
                        characters += 2 * beginning;
                    }
                }
            }
        }
        return lexemes;
    }

    /** The subset of {@link #lexemes} that every text with these consecutive words has. */
    Set<String> lookup() {
        Set<String> lexemes = new LinkedHashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (isByCharacter(word.codePointAt(0))) {
                boolean pairs =
                        i + 1 < words.size() && isByCharacter(words.get(i + 1).codePointAt(0));
                boolean paired = i > 0 && isByCharacter(words.get(i - 1).codePointAt(0));
                if (pairs) {
                    lexemes.add(word + words.get(i + 1));
                } else if (!paired) {
                    lexemes.add(word);
                }
            } else {
                int length = word.codePointCount(0, word.length());
                int longest = 1;
                for (int beginning : LENGTHS) {
                    longest = beginning <= length ? beginning : longest;
                }
                lexemes.add(beginning(word, longest));
            }
        }
        return lexemes;
    }

    private static String beginning(String word, int characters) {
        return word.substring(0, word.offsetByCodePoints(0, characters));
    }

    private static boolean isByCharacter(int point) {
        return point > LAST_OF_ASCII
                && (point == PROLONGED_SOUND
                        || (isPartOfWord(point) && BY_CHARACTER.contains(UnicodeScript.of(point))));
    }

    private static boolean isPartOfWord(int point) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** Emoji, arrows, currency signs and the like. Symbols newer than this Java are unassigned to it. */
    private static boolean isSymbol(int point) {
        return point > LAST_OF_ASCII
                && switch (Character.getType(point)) {
                    case Character.OTHER_SYMBOL,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> true;
                    default -> false;
                };
    }
}
