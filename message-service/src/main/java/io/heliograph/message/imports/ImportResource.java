package io.heliograph.message.imports;

import io.heliograph.auth.Caller;
import io.heliograph.message.idempotency.IdempotencyRepository;
import io.heliograph.message.job.Job;
import io.heliograph.message.job.JobFileRepository;
import io.heliograph.message.job.Jobs;
import io.heliograph.message.request.Text;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Receives files to import into a room. */
@Tag(name = "jobs")
@Path("/api/rooms/{room}/imports")
@Authenticated
class ImportResource {

    /** The most characters of a channel name; a channel of Slack has 80 at most. */
    private static final int MAX_CHANNEL = 100;

    /**
     * How long the rest of a rejected body is read, for clients that send all of it before they read; then the
     * connection is closed.
     */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final SecurityIdentity identity;
    private final Jobs jobs;
    private final JobFileRepository files;
    private final RoomAccess rooms;
    private final ImportConfig config;
    private final Vertx vertx;
    private final IdempotencyRepository keys;

    ImportResource(
            SecurityIdentity identity,
            Jobs jobs,
            JobFileRepository files,
            RoomAccess rooms,
            ImportConfig config,
            Vertx vertx,
            IdempotencyRepository keys) {
        this.identity = identity;
        this.jobs = jobs;
        this.files = files;
        this.rooms = rooms;
        this.config = config;
        this.vertx = vertx;
        this.keys = keys;
    }

    /**
     * Imports files; for owners of the room. Each file is a part named {@code file}: a {@code .txt}, a {@code .jsonl}, or a
     * Slack export as {@code .zip}, of which {@code channel} is imported. Responds when all files are stored; a job imports
     * them.
     */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @ResponseStatus(202)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties =
                                                    @SchemaProperty(
                                                            name = "file",
                                                            type = SchemaType.STRING,
                                                            format = "binary"))))
    @Operation(
            operationId = "importMessages",
            summary = "Import messages into a room",
            description =
                    "As an owner. Each file is a part named `file`: `.txt`, a message a line; `.jsonl`, `{content, sender?, createdAt?, clientId?}` a line; or a Slack export as `.zip`, of which `channel` is imported. A job imports them; running it again stores nothing twice.")
    @APIResponse(
            responseCode = "202",
            description = "The job",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Job.class)))
    @APIResponse(responseCode = "400", description = "`invalid_multipart`")
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`job_cancelled`")
    @APIResponse(responseCode = "429", description = "`too_many_jobs`, `job_storage_full`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public CompletionStage<RestResponse<Object>> upload(
            @PathParam("room") UUID room,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @Parameter(
                            description = "The channel of a Slack export",
                            schema = @Schema(minLength = 1, maxLength = MAX_CHANNEL))
                    @QueryParam("channel")
                    @Text(max = MAX_CHANNEL)
                    String channel,
            @jakarta.ws.rs.core.Context HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        Caller importer = Caller.of(identity);
        // The files are not compared, so that a repeated request does not have to send them completely.
        IdempotentRequest repeatable =
                IdempotentRequest.of(importer.id(), idempotencyKey, "importMessages", room, channel);
        return rooms.owned(room, importer.id())
                .compose(owned -> keys.<Job>find(repeatable))
                .compose(earlier -> earlier.isPresent()
                        ? Future.succeededFuture(earlier.get())
                        : receive(room, channel, importer, request, context, repeatable))
                .onComplete(done -> context.runOnContext(here -> discardTheRest(request)))
                .map(Jobs::accepted)
                .toCompletionStage();
    }

    private Future<Answer<Job>> receive(
            UUID room,
            String channel,
            Caller importer,
            HttpServerRequest request,
            Context context,
            IdempotentRequest repeatable) {
        return (declaredSize(request) > config.maxSize().asLongValue() + overhead()
                        ? Future.<Job>failedFuture(ImportUpload.tooLarge(config))
                        : jobs.receive(RoomImport.KIND, importer.id(), new JsonObject()))
                .compose(job -> receive(job, request, context)
                        .compose(received ->
                                jobs.received(job.id(), plan(room, channel, importer, received), repeatable))
                        .onComplete(done -> {
                            if (done.failed() || done.result().isRepeated()) {
                                jobs.giveUp(job);
                            }
                        }));
    }

    private Future<List<ReceivedFile>> receive(Job job, HttpServerRequest request, Context context) {
        Promise<List<ReceivedFile>> received = Promise.promise();
        context.runOnContext(here -> new ImportUpload(job.id(), request, files, config, context)
                .receive()
                .onComplete(received));
        return received.future();
    }

    private static JsonObject plan(UUID room, String channel, Caller importer, List<ReceivedFile> received) {
        // With the precision of the database.
        Instant askedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        // Only for admins, because it discloses the owner of an address.
        return new ImportPlan(room, channel, askedAt, importer.isAdmin(), received).json();
    }

    /** The size of the multipart headers and boundaries. */
    private long overhead() {
        return 1024L * config.maxFiles();
    }

    private static long declaredSize(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private void discardTheRest(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
            vertx.setTimer(LINGER.toMillis(), late -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
    }
}
