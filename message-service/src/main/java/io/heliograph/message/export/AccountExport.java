package io.heliograph.message.export;

import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFileRepository;
import io.heliograph.message.job.JobHandler;
import io.heliograph.message.message.Message;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Writes the stored data of one user, each line with its {@code type}: the account and its sessions, as user-service
 * had them when the export was requested, rooms, invitations, blocks, webhooks, and all messages and reactions of the
 * user, including those in rooms that the user has left.
 */
@Singleton
class AccountExport implements JobHandler {

    static final String KIND = "account_export";

    /** Each costs one index lookup. */
    private static final int ROOMS = 500;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final ExportRepository repository;
    private final JobFileRepository files;

    AccountExport(ExportRepository repository, JobFileRepository files) {
        this.repository = repository;
        this.files = files;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonObject run(JobExecution execution) throws Exception {
        UUID person = execution.user();
        execution.await(files.clear(execution, ExportFile.FILE));
        ExportFile file = new ExportFile(execution, files, execution.await(files.storable(execution.user())));
        for (Object line : execution.params().getJsonArray("lines")) {
            file.line((JsonObject) line);
        }
        for (JsonObject line : execution.await(repository.lists(person))) {
            file.line(line);
        }
        long messages = 0;
        List<UUID> rooms = execution.await(repository.rooms(BEFORE_ALL, ROOMS));
        while (!rooms.isEmpty()) {
            for (UUID room : execution.await(repository.roomsOf(person, rooms))) {
                messages = writeMessages(execution, file, room, messages);
            }
            for (JsonObject line : execution.await(repository.reactions(person, rooms))) {
                file.line(line);
            }
            rooms = execution.await(repository.rooms(rooms.get(rooms.size() - 1), ROOMS));
        }
        return file.close(messages);
    }

    /** Returns the number of messages in the file. */
    private long writeMessages(JobExecution execution, ExportFile file, UUID room, long before) throws Exception {
        long messages = before;
        String after = "";
        List<Message> page = execution.await(repository.messagesOf(room, execution.user(), after));
        while (!page.isEmpty()) {
            for (Message message : page) {
                if (message.deletedAt() == null) {
                    file.line(json -> {
                        json.writeStringField("type", "message");
                        json.writeStringField("room", room.toString());
                        MessageLine.write(json, message);
                    });
                    messages++;
                }
            }
            execution.advance(messages, null);
            after = page.get(page.size() - 1).clientId();
            page = execution.await(repository.messagesOf(room, execution.user(), after));
        }
        return messages;
    }
}
