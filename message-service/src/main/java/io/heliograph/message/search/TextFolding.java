package io.heliograph.message.search;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * The form in which texts are compared: Unicode's compatibility form, composed (NFKC), without case, accents and
 * invisible characters. It equals {@code folded_name} in the database, which a test ensures.
 */
final class TextFolding {

    private TextFolding() {}

    static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Form.NFKD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        decomposed.codePoints().filter(point -> !isIgnored(point)).forEach(point -> fold(point, folded));
        return Normalizer.normalize(folded, Form.NFC);
    }

    /** Converts to upper case first, since some letters, like the sigma, have two lower case forms. */
    private static void fold(int point, StringBuilder folded) {
        int lower = Character.toLowerCase(Character.toUpperCase(point));
        switch (lower) {
            case 'ß' -> folded.append("ss");
            case 'æ' -> folded.append("ae");
            case 'œ' -> folded.append("oe");
            case 'þ' -> folded.append("th");
            case 'ø' -> folded.append('o');
            case 'ł' -> folded.append('l');
            case 'đ', 'ð' -> folded.append('d');
            case 'ħ' -> folded.append('h');
            case 'ŧ' -> folded.append('t');
            case 'ı' -> folded.append('i');
            default -> folded.appendCodePoint(lower);
        }
    }

    /**
     * Marks that users leave out: accents, points of Hebrew, short vowels of Arabic, variation selectors. Not the marks
     * with which other scripts write vowels and voiced sounds.
     */
    private static boolean isIgnored(int point) {
        return within(point, 0x0300, 0x036F)
                || within(point, 0x0483, 0x0489)
                || (within(point, 0x0591, 0x05C7) && Character.getType(point) == Character.NON_SPACING_MARK)
                || (within(point, 0x0610, 0x061A) && Character.getType(point) == Character.NON_SPACING_MARK)
                || within(point, 0x064B, 0x065F)
                || point == 0x0670
                || (within(point, 0x06D6, 0x06ED) && Character.getType(point) == Character.NON_SPACING_MARK)
                || within(point, 0x1AB0, 0x1AFF)
                || within(point, 0x1DC0, 0x1DFF)
                || within(point, 0x20D0, 0x20FF)
                || within(point, 0xFE00, 0xFE0F)
                || within(point, 0xFE20, 0xFE2F)
                || within(point, 0xE0100, 0xE01EF)
                || Character.getType(point) == Character.FORMAT;
    }

    private static boolean within(int point, int first, int last) {
        return point >= first && point <= last;
    }
}
