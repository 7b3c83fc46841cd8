package io.heliograph.message.webhook;

import java.time.Instant;

/**
 * A new secret of a webhook.
 *
 * @param secret in this answer, and in those to its repetitions
 * @param previousSecretUntil the end of the time in which the previous secret signs too
 */
record RotatedSecret(String secret, Instant previousSecretUntil) {}
