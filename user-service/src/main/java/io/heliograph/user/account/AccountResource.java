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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "users")
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
    @Operation(operationId = "getUser", summary = "Read a public profile", description = "Without the e-mail address.")
    @APIResponse(responseCode = "200", description = "The profile")
    @APIResponse(responseCode = "404", description = "`user_not_found`")
    public Uni<PublicProfile> one(UUID id) {
        return accounts.find(id).map(AccountResource::orNotFound).map(PublicProfile::of);
    }

    /** The profiles with these {@code ids}, or those found by {@code query}. */
    @GET
    @Operation(
            operationId = "findUsers",
            summary = "Find users",
            description =
                    "By `ids`, in the order given and without those that do not exist; or by `query`, the beginning of a username or display name, page by page.")
    @APIResponse(responseCode = "200", description = "The profiles")
    @APIResponse(responseCode = "429", description = "`too_many_at_once`")
    public Uni<AccountPage> several(
            @Parameter(description = "1 to 500 ids, separated by commas") @QueryParam("ids") String ids,
            @Valid @BeanParam SearchRequest search) {
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
