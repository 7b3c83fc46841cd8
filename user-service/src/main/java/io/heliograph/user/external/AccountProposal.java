package io.heliograph.user.external;

import io.heliograph.user.account.ReservedUsernames;
import io.heliograph.user.account.UsernameSuggestion;

/** The names of an account that is to be created, if they are free. {@code email} may be null. */
record AccountProposal(String username, String email, String displayName) {

    /**
     * @param valid the claims that pass the rules of this service; an invalid username is replaced by one that is
     *     derived from it
     */
    static AccountProposal of(ProfileClaims claimed, ProfileClaims valid) {
        boolean unusable = valid.username() == null || ReservedUsernames.contain(valid.username());
        String username = unusable ? UsernameSuggestion.of(claimed.username()) : valid.username();
        return new AccountProposal(
                username, valid.email(), valid.displayName() == null ? username : valid.displayName());
    }

    AccountProposal withoutEmail() {
        return new AccountProposal(username, null, displayName);
    }

    AccountProposal withOtherUsername() {
        String other = UsernameSuggestion.of(username);
        return new AccountProposal(other, email, displayName.equals(username) ? other : displayName);
    }
}
