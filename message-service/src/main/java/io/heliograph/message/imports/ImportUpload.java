package io.heliograph.message.imports;

import io.heliograph.http.FieldError;
import io.heliograph.message.job.JobFileRepository;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Stores the files of a multipart body in chunks while they arrive. It pauses the request while two chunks wait to be
 * stored, so an upload of any size keeps only some chunks in memory. Used on the context of the request only.
 */
final class ImportUpload {

    static final String PART = "file";

    /** The most characters of a file name; longer names are cut. */
    private static final int MAX_NAME = 255;

    private static final int MAX_PENDING = 2;

    private final UUID job;
    private final HttpServerRequest request;
    private final JobFileRepository store;
    private final ImportConfig config;
    private final Context context;
    private final Promise<List<ReceivedFile>> received = Promise.promise();
    private final List<ReceivedFile> files = new ArrayList<>();
    private Future<Void> tail = Future.succeededFuture();
    private boolean failed;
    private int pending;
    private int begun;
    private long bytes;

    ImportUpload(UUID job, HttpServerRequest request, JobFileRepository store, ImportConfig config, Context context) {
        this.job = job;
        this.request = request;
        this.store = store;
        this.config = config;
        this.context = context;
    }

    /**
     * The files in the order of the body, once all are stored. Fails with a {@link ProblemException} if the body is too large
     * or not multipart, or with the failure of the store.
     */
    Future<List<ReceivedFile>> receive() {
        request.setExpectMultipart(true);
        request.uploadHandler(this::begin);
        request.exceptionHandler(failure -> fail(notMultipart()));
        request.endHandler(ended -> tail.onComplete(done -> context.runOnContext(here -> {
            if (done.failed()) {
                fail(done.cause());
            } else if (begun > files.size()) {
                fail(notMultipart());
            } else if (files.isEmpty()) {
                fail(invalid("must be there at least once"));
            } else if (!failed) {
                received.complete(files);
            }
        })));
        request.resume();
        return received.future();
    }

    private void begin(HttpServerFileUpload upload) {
        if (!PART.equals(upload.name()) || upload.filename().isEmpty()) {
            fail(invalid("must be the name of each part, and each needs a filename"));
        } else if (begun == config.maxFiles()) {
            fail(invalid("must not be there more than " + config.maxFiles() + " times"));
        }
        if (failed) {
            upload.handler(discarded -> {});
            return;
        }
        Part part = new Part(begun++, name(upload.filename()));
        upload.exceptionHandler(failure -> fail(notMultipart()));
        upload.handler(part::add);
        upload.endHandler(ended -> part.end());
    }

    private void fail(Throwable failure) {
        if (!failed) {
            failed = true;
            received.tryFail(failure);
            // The rest of the body is discarded.
            request.resume();
        }
    }

    private final class Part {

        private final int number;
        private final String name;
        private final MessageDigest digest = sha256();
        private Buffer chunk = Buffer.buffer();
        private int chunks;
        private long size;

        Part(int number, String name) {
            this.number = number;
            this.name = name;
        }

        void add(Buffer data) {
            bytes += data.length();
            if (bytes > config.maxSize().asLongValue()) {
                fail(tooLarge(config));
            }
            if (failed) {
                return;
            }
            size += data.length();
            digest.update(data.getBytes());
            chunk.appendBuffer(data);
            if (chunk.length() >= JobFileRepository.CHUNK_BYTES) {
                flush();
            }
        }

        void end() {
            if (!failed) {
                if (chunk.length() > 0) {
                    flush();
                }
                files.add(new ReceivedFile(number, name, size, HexFormat.of().formatHex(digest.digest())));
            }
        }

        private void flush() {
            Buffer full = chunk;
            int n = chunks++;
            chunk = Buffer.buffer();
            pending++;
            if (pending >= MAX_PENDING) {
                request.pause();
            }
            tail = tail.compose(before -> store.receive(job, number, n, full))
                    .onComplete(done -> context.runOnContext(here -> {
                        pending--;
                        if (done.failed()) {
                            fail(done.cause());
                        } else if (pending < MAX_PENDING) {
                            request.resume();
                        }
                    }));
        }
    }

    static ProblemException tooLarge(ImportConfig config) {
        return ProblemException.of(
                Status.REQUEST_ENTITY_TOO_LARGE,
                "body_too_large",
                "The files are over " + config.maxSize().asLongValue() + " bytes.");
    }

    private static ProblemException invalid(String message) {
        return ProblemException.invalid(List.of(new FieldError(PART, message)));
    }

    private static ProblemException notMultipart() {
        return ProblemException.of(
                Status.BAD_REQUEST, "invalid_multipart", "The body is no multipart/form-data, or ends early.");
    }

    private static String name(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String shown = last.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= MAX_NAME ? shown : shown.substring(shown.length() - MAX_NAME);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
