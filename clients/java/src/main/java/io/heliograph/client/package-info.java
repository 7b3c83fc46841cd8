/**
 * The client of Heliograph for the JVM. Begin with {@link io.heliograph.client.HeliographClient}.
 *
 * <p>All types are safe for use by several threads. Calls that wait for the server return a
 * {@link java.util.concurrent.CompletableFuture}, which fails with a {@link io.heliograph.client.HeliographException};
 * nothing else blocks, except for what a {@link io.heliograph.client.ClientStorage} takes. Ids are opaque text.
 */
package io.heliograph.client;
