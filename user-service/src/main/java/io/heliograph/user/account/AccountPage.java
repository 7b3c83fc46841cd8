package io.heliograph.user.account;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of public profiles; {@code next} is the cursor of the next page, or null at the end. */
@Schema(name = "UserPage")
record AccountPage(
        List<PublicProfile> items, @Schema(nullable = true) String next) {

    static AccountPage all(List<Account> accounts) {
        return new AccountPage(accounts.stream().map(PublicProfile::of).toList(), null);
    }

    /** {@code found} has one item more than {@code limit} if there is another page. */
    static AccountPage page(List<SearchHit> found, int limit) {
        return new AccountPage(
                found.stream()
                        .limit(limit)
                        .map(one -> PublicProfile.of(one.account()))
                        .toList(),
                found.size() > limit ? found.get(limit - 1).place().cursor() : null);
    }
}
