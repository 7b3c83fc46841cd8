package io.heliograph.message.message.send;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageAttributes;
import io.heliograph.message.message.Sender;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.message.request.Text;
import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

@Tag(name = "messages")
@Path("/api/rooms/{room}/messages")
@Authenticated
class SendResource {

    /** Only {@code content} is required. A send without {@code clientId} cannot be repeated safely. */
    @Schema(name = "NewMessage")
    record MessageBody(
            @Schema(examples = "Hello") @NotNull @Text(max = NewMessage.MAX_CONTENT, visible = true)
            String content,

            @Text(max = NewMessage.MAX_CLIENT_ID) String clientId,
            @Schema(implementation = Map.class) Metadata metadata,
            @Min(1) Long replyTo,
            @Size(max = MessageAttributes.MAX_MENTIONS) List<@NotNull UUID> mentions) {

        MessageAttributes attributes() {
            return MessageAttributes.of(metadata, replyTo, mentions);
        }
    }

    @Schema(name = "NewMessages")
    record BatchBody(
            @NotNull @Size(min = 1, max = MessageBatch.MAX_SENDS)
            List<@NotNull @Valid MessageBody> messages) {}

    private final SecurityIdentity identity;
    private final GroupCommit commits;
    private final UserProfiles profiles;
    private final RateLimit budget;

    SendResource(SecurityIdentity identity, GroupCommit commits, UserProfiles profiles, RateLimit budget) {
        this.identity = identity;
        this.commits = commits;
        this.profiles = profiles;
        this.budget = budget;
    }

    /** Responds when the message is durable; a repetition with the same client id gets the same response. */
    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "sendMessage",
            summary = "Send a message",
            description =
                    "The response is sent when the message is stored. Repeated with the same `clientId` or `Idempotency-Key` it takes effect once and gets the same answer.")
    @APIResponse(
            responseCode = "201",
            description = "The message as it is stored",
            headers = @Header(name = "ETag", ref = "ETag"),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Message.class)))
    @APIResponse(responseCode = "403", description = "`not_a_member`, `blocked`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`client_id_reused`")
    @APIResponse(responseCode = "422", description = "`reply_not_found`, `mention_outside_room`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public CompletionStage<RestResponse<Message>> send(
            @PathParam("room") UUID room,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @NotNull @Valid MessageBody message) {
        Caller caller = Caller.of(identity);
        Sender sender = profiles.sender(caller);
        NewMessage send = new NewMessage(
                room,
                sender,
                clientId(message, IdempotencyKey.of(idempotencyKey)),
                message.content(),
                message.attributes());
        budget.charge(caller.id(), 1);
        return commits.send(send)
                .map(SendResult::messageOrRefusal)
                .map(stored -> ResponseBuilder.create(Status.CREATED, stored)
                        .tag(stored.tag())
                        .build())
                .toCompletionStage();
    }

    /** Responds when all messages are durable; a repetition of the whole batch gets the same response. */
    @POST
    @Path("batch")
    @ResponseStatus(201)
    @Operation(
            operationId = "sendMessages",
            summary = "Send up to 1,000 messages",
            description =
                    "All or none, with adjacent `seq`s. Repeated as a whole, with `clientId`s or an `Idempotency-Key`, it takes effect once and gets the same answer.")
    @APIResponse(
            responseCode = "201",
            description = "The messages as they are stored",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StoredBatch.class)))
    @APIResponse(responseCode = "403", description = "`not_a_member`, `blocked`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`client_id_reused`")
    @APIResponse(responseCode = "422", description = "`reply_not_found`, `mention_outside_room`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public CompletionStage<StoredBatch> send(
            @PathParam("room") UUID room,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @NotNull @Valid BatchBody batch) {
        Caller caller = Caller.of(identity);
        Sender sender = profiles.sender(caller);
        String key = IdempotencyKey.of(idempotencyKey);
        List<NewMessage> sends = new ArrayList<>();
        for (MessageBody message : batch.messages()) {
            String clientId = message.clientId() == null && key != null
                    ? BatchClientIds.of(key, sends.size())
                    : clientId(message, null);
            sends.add(new NewMessage(room, sender, clientId, message.content(), message.attributes()));
        }
        checkClientIds(sends);
        budget.charge(caller.id(), sends.size());
        return commits.send(new MessageBatch(sends)).map(StoredBatch::of).toCompletionStage();
    }

    private static void checkClientIds(List<NewMessage> sends) {
        Set<String> known = new HashSet<>();
        for (int i = 0; i < sends.size(); i++) {
            if (!known.add(sends.get(i).clientId())) {
                throw ProblemException.invalid(
                        List.of(new FieldError("messages[" + i + "].clientId", "must not come twice in a batch")));
            }
        }
    }

    private static String clientId(MessageBody message, String idempotencyKey) {
        if (message.clientId() == null) {
            return idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        }
        if (idempotencyKey != null && !idempotencyKey.equals(message.clientId())) {
            throw ProblemException.invalid(List.of(new FieldError("clientId", "must equal the Idempotency-Key")));
        }
        return message.clientId();
    }
}
