package io.heliograph.user.account;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
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

    AccountResource(AccountRepository accounts) {
        this.accounts = accounts;
    }

    @GET
    @Path("/{id}")
    public Uni<PublicProfile> one(UUID id) {
        return accounts.find(id).map(AccountResource::orNotFound).map(PublicProfile::of);
    }

    @GET
    public Uni<Found> several(@QueryParam("ids") String ids) {
        return accounts.findAll(AccountIds.parse(ids))
                .map(found -> new Found(found.stream().map(PublicProfile::of).toList()));
    }

    private static Account orNotFound(Optional<Account> account) {
        return account.orElseThrow(Account::unknown);
    }

    record Found(List<PublicProfile> items) {}
}
