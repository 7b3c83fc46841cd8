package io.heliograph.user.account.bulk;

import io.heliograph.http.FieldError;
import io.heliograph.http.ProblemDetails;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.rest.request.RequestIdFilter;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.ExternalId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The stored result of a batch with an idempotency key: the id of the account of each row, or its problem. No data of
 * users are stored: a repetition returns the accounts in their current state.
 */
final class StoredBatch {

    private static final String ID = "id";

    private final JsonArray rows;

    StoredBatch(String json) {
        this.rows = new JsonArray(json);
    }

    static JsonArray of(BatchResult result) {
        JsonArray rows = new JsonArray();
        for (RowResult row : result.results()) {
            rows.add(
                    row.user() != null
                            ? new JsonObject().put(ID, row.user().id().toString())
                            : row.problem().toJson());
        }
        return rows;
    }

    List<UUID> accounts() {
        return objects().stream()
                .filter(row -> row.containsKey(ID))
                .map(row -> UUID.fromString(row.getString(ID)))
                .toList();
    }

    /** The result with the current accounts. {@code externalId} is that of a row; may be null. */
    BatchResult result(Map<UUID, Account> accounts, IntFunction<ExternalId> externalId) {
        List<JsonObject> stored = objects();
        return BatchResult.of(IntStream.range(0, stored.size())
                .mapToObj(index -> row(index, stored.get(index), accounts, externalId))
                .toList());
    }

    private static RowResult row(
            int index, JsonObject row, Map<UUID, Account> accounts, IntFunction<ExternalId> externalId) {
        if (!row.containsKey(ID)) {
            return new RowResult(index, row.getInteger("status"), null, problem(row));
        }
        Account account = accounts.get(UUID.fromString(row.getString(ID)));
        return account == null
                ? RowResult.refused(index, deletedSince())
                : RowResult.made(index, account, externalId.apply(index));
    }

    private static ProblemException deletedSince() {
        return ProblemException.of(
                Status.NOT_FOUND, "user_not_found", "The account was made, and has been deleted since.");
    }

    private static ProblemDetails problem(JsonObject row) {
        List<FieldError> errors = new ArrayList<>();
        for (Object error : row.getJsonArray("errors", new JsonArray())) {
            JsonObject fault = (JsonObject) error;
            errors.add(new FieldError(fault.getString("field"), fault.getString("message")));
        }
        return new ProblemDetails(
                row.getInteger("status"),
                row.getString("title"),
                row.getString("code"),
                row.getString("detail"),
                RequestIdFilter.current(),
                errors);
    }

    private List<JsonObject> objects() {
        return rows.stream().map(JsonObject.class::cast).toList();
    }
}
