package io.heliograph.user.signin.password;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The passwords that are rejected (NIST SP 800-63B-4, 3.1.1.2): too short ones, common ones, repeated characters or
 * sequences, and the name of the owner or of the product. No classes of characters are required.
 */
@Singleton
public final class PasswordRules {

    /** In characters. More than any passphrase; waiting passwords take memory. */
    static final int MAX_LENGTH = 128;

    /** A shorter password can be guessed by trying all. */
    private static final int SHORTEST_MIN_LENGTH = 8;

    private static final int FEWEST_DIFFERENT = 4;
    private static final String PRODUCT = "heliograph";
    private static final String COMMON_MESSAGE = "must not be one of the most common passwords";

    private final int minLength;
    private final CommonPasswords common = CommonPasswords.load();

    PasswordRules(PasswordConfig config) {
        this.minLength = config.minLength();
        if (minLength < SHORTEST_MIN_LENGTH || minLength > MAX_LENGTH) {
            throw new IllegalArgumentException("heliograph.passwords.min-length must be from 8 to 128");
        }
    }

    /** The error of a password, independent of its owner; case makes no difference. */
    public Optional<String> objection(String password) {
        String normalised = PasswordNormalizer.of(password);
        int length = normalised.codePointCount(0, normalised.length());
        if (length < minLength || length > MAX_LENGTH) {
            return Optional.of("must have %d to %d characters".formatted(minLength, MAX_LENGTH));
        }
        int[] characters = normalised.toLowerCase(Locale.ROOT).codePoints().toArray();
        if (Arrays.stream(characters).distinct().count() < FEWEST_DIFFERENT || isSequence(characters)) {
            return Optional.of("must not be the same characters again and again, nor a sequence");
        }
        return common.contain(normalised.toLowerCase(Locale.ROOT)) ? Optional.of(COMMON_MESSAGE) : Optional.empty();
    }

    /** Fails with {@code invalid_request} naming the field. */
    public static void require(String field, String password, String... names) {
        objection(field, password, names).ifPresent(error -> {
            throw ProblemException.invalid(List.of(error));
        });
    }

    /**
     * The error of a password for the owner of these names, of which some may be null; an address counts with and
     * without its domain. Case, digits and punctuation make no difference.
     */
    public static Optional<FieldError> objection(String field, String password, String... names) {
        String letters = letters(password);
        boolean same = Stream.concat(Stream.of(PRODUCT), Arrays.stream(names))
                .filter(Objects::nonNull)
                .flatMap(name -> Stream.of(name, localPart(name)))
                .anyMatch(name ->
                        password.equalsIgnoreCase(name) || (!letters.isEmpty() && letters.equals(letters(name))));
        return same
                ? Optional.of(
                        new FieldError(field, "must not be the name or the address of the account, or of the product"))
                : Optional.empty();
    }

    /** Whether adjacent characters differ by the same step, as in {@code abcdefghij} and {@code 9876543210}. */
    private static boolean isSequence(int[] characters) {
        int step = characters[1] - characters[0];
        for (int i = 2; i < characters.length; i++) {
            if (characters[i] - characters[i - 1] != step) {
                return false;
            }
        }
        return Math.abs(step) <= 1;
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        PasswordNormalizer.of(text)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetter)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }

    private static String localPart(String name) {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }
}
