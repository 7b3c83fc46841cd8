package io.heliograph.gateway.page;

import io.heliograph.gateway.compression.ReusableBody;
import io.heliograph.gateway.pipeline.Pages;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the web pages, by path. A file is read once, and then kept in memory with its compressed form: all of
 * them have some 2 MB.
 */
@Singleton
final class PageFiles {

    private static final String ROOT = "META-INF/resources";

    /** Names of files of ours: no segment begins with a dot, and none is empty but the last. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?");

    private final Map<String, Future<PageFile>> files = new ConcurrentHashMap<>();

    /**
     * @param type the content type
     * @param tag the entity tag: a digest of the content
     */
    record PageFile(String type, String tag, ReusableBody body) {}

    /** The file at a path; null if there is none. Completes on the context of the caller, at once if it is known. */
    Future<PageFile> find(String path) {
        Future<PageFile> known = files.get(path);
        if (known != null && known.succeeded()) {
            return known;
        }
        String type = PATH.matcher(path).matches() ? Pages.type(path) : null;
        String name = ROOT + (path.endsWith("/") ? path + "index.html" : path);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        // Only files that exist are kept, whatever clients ask for.
        if (type == null || loader.getResource(name) == null) {
            return Future.succeededFuture();
        }
        Context caller = Vertx.currentContext();
        return caller.executeBlocking(() -> read(loader, name, type), false)
                .onSuccess(file -> files.putIfAbsent(path, Future.succeededFuture(file)));
    }

    private static PageFile read(ClassLoader loader, String name, String type) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name)) {
            byte[] content = in.readAllBytes();
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
            return new PageFile(type, '"' + digest + '"', new ReusableBody(Buffer.buffer(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
