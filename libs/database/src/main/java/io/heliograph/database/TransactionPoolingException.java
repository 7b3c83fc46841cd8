package io.heliograph.database;

import java.io.IOException;

/** There is a pooler before PostgreSQL with which a session has no settings of its own. */
final class TransactionPoolingException extends IOException {

    private static final long serialVersionUID = 1;

    TransactionPoolingException() {
        super("The pooler before PostgreSQL does not pool sessions (PgBouncer: pool_mode = session)");
    }
}
