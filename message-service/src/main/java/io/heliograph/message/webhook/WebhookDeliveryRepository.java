package io.heliograph.message.webhook;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The last requests of each webhook. */
@Singleton
class WebhookDeliveryRepository extends Repository {

    /** A request with its position in the list. */
    record LoggedDelivery(long id, WebhookDelivery delivery) {}

    private static final String LOG = """
            insert into webhook_deliveries
              (webhook_id, message_id, at, outcome, status, millis, changes, room_id, first_rev, last_rev)
            select w.id, d.* from webhooks w, unnest(
              $2::text[], $3::timestamptz[], $4::text[], $5::int[], $6::bigint[], $7::int[], $8::uuid[], $9::bigint[],
              $10::bigint[]) d
            where w.id = $1
            """;

    private static final String PRUNE = """
            delete from webhook_deliveries where webhook_id = $1 and id <= (
              select id from webhook_deliveries where webhook_id = $1 order by id desc offset $2 limit 1
            )
            """;

    private static final String LIST = """
            select id, message_id, at, outcome, status, millis, changes, room_id, first_rev, last_rev
            from webhook_deliveries where webhook_id = $1 and id < $2 order by id desc limit $3
            """;

    private final WebhookConfig config;

    WebhookDeliveryRepository(Pool pool, DatabaseConfig database, WebhookConfig config) {
        super(pool, database);
        this.config = config;
    }

    /** Newest first, those before {@code before}. */
    Future<List<LoggedDelivery>> list(UUID webhook, long before, int limit) {
        return run(LIST, webhook, before, limit).map(rows -> list(rows, WebhookDeliveryRepository::entry));
    }

    Future<Void> log(UUID webhook, WebhookDelivery delivery) {
        return inTransaction(transaction -> log(transaction, webhook, List.of(delivery), config.keptDeliveries()));
    }

    /** Deletes all but the last {@code kept} requests of the webhook. */
    static Future<Void> log(SqlConnection transaction, UUID webhook, List<WebhookDelivery> deliveries, int kept) {
        if (deliveries.isEmpty()) {
            return Future.succeededFuture();
        }
        Future<?> logged = run(
                transaction,
                LOG,
                webhook,
                deliveries.stream().map(WebhookDelivery::messageId).toArray(String[]::new),
                deliveries.stream()
                        .map(each -> WebhookRepository.time(each.at()))
                        .toArray(OffsetDateTime[]::new),
                deliveries.stream().map(each -> each.outcome().text()).toArray(String[]::new),
                deliveries.stream().map(WebhookDelivery::status).toArray(Integer[]::new),
                deliveries.stream().map(WebhookDelivery::millis).toArray(Long[]::new),
                deliveries.stream().map(WebhookDelivery::changes).toArray(Integer[]::new),
                deliveries.stream().map(WebhookDelivery::room).toArray(UUID[]::new),
                deliveries.stream().map(WebhookDelivery::firstRev).toArray(Long[]::new),
                deliveries.stream().map(WebhookDelivery::lastRev).toArray(Long[]::new));
        return Future.join(logged, run(transaction, PRUNE, webhook, kept)).mapEmpty();
    }

    private static LoggedDelivery entry(Row row) {
        return new LoggedDelivery(
                row.getLong("id"),
                new WebhookDelivery(
                        row.getString("message_id"),
                        WebhookRepository.instant(row, "at"),
                        DeliveryOutcome.of(row.getString("outcome")),
                        row.getInteger("status"),
                        row.getLong("millis"),
                        row.getInteger("changes"),
                        row.getUUID("room_id"),
                        row.getLong("first_rev"),
                        row.getLong("last_rev")));
    }
}
