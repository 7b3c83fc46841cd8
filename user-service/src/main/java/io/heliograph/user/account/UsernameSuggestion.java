package io.heliograph.user.account;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Usernames for accounts whose owner has not chosen a valid one. */
public final class UsernameSuggestion {

    private static final String NAMELESS = "user";
    /** With a suffix it stays within the 32 characters of a username. */
    private static final int LONGEST_STEM = 24;

    private UsernameSuggestion() {}

    /**
     * A username made of this text, which may be null, and a suffix. The suffix is random and does not depend on the
     * person, so that nobody can register the username in advance.
     */
    public static String of(String text) {
        return stem(text)
                + "-"
                + HexFormat.of()
                        .toHexDigits(ThreadLocalRandom.current().nextInt())
                        .substring(2);
    }

    /** The part of this text that is valid in a username; of an address the local part only. */
    private static String stem(String text) {
        String plain = text == null
                ? ""
                : text.replaceAll("(?s)@.*|[^A-Za-z0-9._-]", "").replaceAll("^[._-]+", "");
        String stem = plain.substring(0, Math.min(plain.length(), LONGEST_STEM));
        return stem.isEmpty() ? NAMELESS : stem;
    }
}
