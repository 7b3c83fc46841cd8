package io.heliograph.database;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens connections to one server. The settings of a session are sent by one statement before a connection is given to
 * the pool: a pooler such as PgBouncer rejects them as startup parameters. A connection whose settings could not be set
 * is closed, and its caller gets the failure.
 */
final class SessionConnector {

    /** The start-up parameters that PgBouncer accepts and passes on; names of settings are case-insensitive. */
    private static final Set<String> OF_THE_START = Set.of("application_name", "client_encoding", "datestyle");

    private static final String BACKEND = "select pg_backend_pid()";

    private final ConnectionFactory factory;
    private final String initialize;
    private volatile boolean poolsSessions;

    SessionConnector(Vertx vertx, PgConnectOptions server) {
        Map<Boolean, Map<String, String>> parameters = server.getProperties().entrySet().stream()
                .collect(Collectors.partitioningBy(
                        parameter -> OF_THE_START.contains(parameter.getKey().toLowerCase(Locale.ROOT)),
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        this.initialize = parameters.get(false).entrySet().stream()
                .map(setting ->
                        ", set_config(%s, %s, false)".formatted(literal(setting.getKey()), literal(setting.getValue())))
                .sorted()
                .collect(Collectors.joining("", BACKEND, ""));
        this.factory = PgDriver.INSTANCE.createConnectionFactory(
                vertx, new PgConnectOptions(server).setProperties(parameters.get(true)));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    Future<SqlConnection> connect(Context context) {
        return factory.connect(context)
                // A connection that the pool opens in its place may be set up in another way.
                .onFailure(failure -> poolsSessions = false)
                .compose(connection -> initialize(context, connection)
                        .map(connection)
                        .recover(failure -> connection.close().transform(closed -> Future.failedFuture(failure))));
    }

    private Future<Void> initialize(Context context, SqlConnection connection) {
        return backend(connection, initialize).compose(backend -> {
            boolean direct = ((PgConnection) connection).processId() == backend;
            return direct || poolsSessions ? Future.succeededFuture() : verify(context, connection, backend);
        });
    }

    /**
     * Fails if a pooler assigns backends per statement or transaction: the session settings would be those of the last
     * user of the backend. Such a pooler gives an idle backend to a second connection, or another backend to the first.
     */
    private Future<Void> verify(Context context, SqlConnection connection, int backend) {
        return factory.connect(context)
                .compose(other -> backend(other, BACKEND).eventually(() -> other.close()))
                .compose(ofOther -> backend(connection, BACKEND).compose(again -> {
                    poolsSessions = backend == again && backend != ofOther;
                    return poolsSessions
                            ? Future.succeededFuture()
                            : Future.failedFuture(new TransactionPoolingException());
                }));
    }

    private static Future<Integer> backend(SqlConnection connection, String sql) {
        return connection.query(sql).execute().map(rows -> rows.iterator()
                .next()
                .getInteger(0));
    }
}
