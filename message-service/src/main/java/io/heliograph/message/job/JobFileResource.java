package io.heliograph.message.job;

import io.heliograph.auth.Caller;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** Streams the file of a job in chunks, with back-pressure. */
@Tag(name = "jobs")
@Path("/api/jobs/{job}/file")
@Authenticated
class JobFileResource {

    private final SecurityIdentity identity;
    private final JobRepository jobs;
    private final JobFileRepository files;

    JobFileResource(SecurityIdentity identity, JobRepository jobs, JobFileRepository files) {
        this.identity = identity;
        this.jobs = jobs;
        this.files = files;
    }

    /** The connection is aborted if the file ends early, so that a complete response is a complete file. */
    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "downloadJobFile",
            summary = "Download the file of a job",
            description = "The file of an export. If it cannot be sent completely, the connection is aborted.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            headers = @Header(name = HttpHeaders.CONTENT_DISPOSITION, ref = HttpHeaders.CONTENT_DISPOSITION),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "404", description = "`job_file_not_found`")
    public RestMulti<byte[]> file(@PathParam("job") UUID job) {
        Caller caller = Caller.of(identity);
        Uni<Job> found = Uni.createFrom()
                .completionStage(() ->
                        jobs.find(job, caller.isAdmin() ? null : caller.id()).toCompletionStage())
                .map(known -> known.filter(
                                each -> each.result() != null && each.result().containsKey("url"))
                        .orElseThrow(() -> ProblemException.of(
                                Status.NOT_FOUND, "job_file_not_found", "The caller has no job with such a file.")));
        return RestMulti.fromUniResponse(found, this::chunks, JobFileResource::headers);
    }

    private Multi<byte[]> chunks(Job job) {
        AtomicLong missing = new AtomicLong(((Number) job.result().get("bytes")).longValue());
        return Multi.createBy()
                .repeating()
                .uni(AtomicLong::new, n -> Uni.createFrom()
                        .completionStage(() -> files.read(job.id(), 0, (int) n.getAndIncrement())
                                .toCompletionStage()))
                .until(chunk -> chunk.length() == 0 && complete(missing.get()))
                .map(Buffer::getBytes)
                .invoke(chunk -> missing.addAndGet(-chunk.length));
    }

    private static boolean complete(long missing) {
        if (missing != 0) {
            throw new IllegalStateException("A file lacks its last " + missing + " bytes.");
        }
        return true;
    }

    private static Map<String, List<String>> headers(Job job) {
        return Map.of(
                HttpHeaders.CONTENT_DISPOSITION,
                List.of("attachment; filename=\"" + job.kind() + "-" + job.id() + ".jsonl\""));
    }
}
