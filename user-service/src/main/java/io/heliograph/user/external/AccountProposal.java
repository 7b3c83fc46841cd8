package io.heliograph.user.external;

import io.heliograph.user.account.ReservedUsernames;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The names of an account that is to be created, if they are free. {@code email} may be null. */
record AccountProposal(String username, String email, String displayName) {

    private static final String NAMELESS = "user";
    /** With a suffix it stays within the 32 characters of a username. */
    private static final int LONGEST_STEM = 24;

    /** Of what is claimed all that passes our rules; in place of a name that does not, one that is made of it. */
    static AccountProposal of(ProfileClaims claimed, Validator rules) {
        Set<String> wrong = rules.validate(claimed).stream()
                .map(ConstraintViolation::getPropertyPath)
                .map(Object::toString)
                .collect(Collectors.toSet());
        boolean unusable = claimed.username() == null
                || wrong.contains("username")
                || ReservedUsernames.contain(claimed.username());
        String username = unusable ? suffixed(stem(claimed.username())) : claimed.username();
        String email = wrong.contains("email") ? null : claimed.email();
        boolean hasName = claimed.displayName() != null && !wrong.contains("displayName");
        return new AccountProposal(username, email, hasName ? claimed.displayName() : username);
    }

    AccountProposal withoutEmail() {
        return new AccountProposal(username, null, displayName);
    }

    /** By chance and not by who it is for: nobody can take beforehand the name that someone will be given. */
    AccountProposal withOtherUsername() {
        String other = suffixed(stem(username));
        return new AccountProposal(other, email, displayName.equals(username) ? other : displayName);
    }

    private static String suffixed(String stem) {
        return stem + "-"
                + HexFormat.of()
                        .toHexDigits(ThreadLocalRandom.current().nextInt())
                        .substring(2);
    }

    /** What of this text may be in a username; of an address the part that is not shared with others. */
    private static String stem(String text) {
        String plain = text == null
                ? ""
                : text.replaceAll("(?s)@.*|[^A-Za-z0-9._-]", "").replaceAll("^[._-]+", "");
        String stem = plain.substring(0, Math.min(plain.length(), LONGEST_STEM));
        return stem.isEmpty() ? NAMELESS : stem;
    }
}
