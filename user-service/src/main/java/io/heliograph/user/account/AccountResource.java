package io.heliograph.user.account;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Path("/api/users")
@Authenticated
class AccountResource {

    private final AccountRepository accounts;
    private final SearchRepository searches;

    AccountResource(AccountRepository accounts, SearchRepository searches) {
        this.accounts = accounts;
        this.searches = searches;
    }

    @GET
    @Path("/{id}")
    public Uni<PublicProfile> one(UUID id) {
        return accounts.find(id).map(AccountResource::orNotFound).map(PublicProfile::of);
    }

    /** Those with these {@code ids}, or those found by {@code query}. */
    @GET
    public Uni<AccountPage> several(@QueryParam("ids") String ids, @Valid @BeanParam SearchRequest search) {
        if (search.query == null) {
            return accounts.findAll(AccountIds.parse(ids)).map(AccountPage::all);
        } else if (ids != null) {
            throw ProblemException.invalid(List.of(new FieldError("query", "must not come with ids")));
        }
        // One more, to know whether there is another page.
        return searches.search(search.prefix(), search.place(), search.limit + 1)
                .map(found -> AccountPage.page(found, search.limit));
    }

    private static Account orNotFound(Optional<Account> account) {
        return account.orElseThrow(Account::unknown);
    }
}
