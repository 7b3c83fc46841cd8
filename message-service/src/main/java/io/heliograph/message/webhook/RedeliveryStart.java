package io.heliograph.message.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The number of rooms with changes to post again. */
@RegisterForReflection
record RedeliveryStart(long rooms) {}
