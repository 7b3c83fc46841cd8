package io.heliograph.testsupport.violation;

import io.vertx.sqlclient.Pool;

/** Has SQL, and is no repository. */
final class StatementRunner {

    Pool pool;
}
