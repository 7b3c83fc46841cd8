package io.heliograph.message.export;

import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFailure;
import io.heliograph.message.job.JobFileRepository;
import io.heliograph.message.job.JobHandler;
import io.heliograph.message.message.Message;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Writes the messages of a room in the order of seq, up to the last one at the start of the attempt, with their content
 * at the time of reading. Deleted messages are left out.
 */
@Singleton
class RoomExport implements JobHandler {

    static final String KIND = "room_export";

    private final ExportRepository repository;
    private final JobFileRepository files;

    RoomExport(ExportRepository repository, JobFileRepository files) {
        this.repository = repository;
        this.files = files;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonObject run(JobExecution execution) throws Exception {
        UUID room = UUID.fromString(execution.params().getString("room"));
        long head = execution
                .await(repository.head(room, execution.user()))
                .orElseThrow(() -> new JobFailure("room_not_found", "The room is gone, or is no longer the caller's."));
        execution.await(files.clear(execution, ExportFile.FILE));
        ExportFile file = new ExportFile(execution, files, execution.await(files.storable(execution.user())));
        long messages = 0;
        long after = 0;
        while (after < head) {
            List<Message> page = execution.await(repository.messages(room, after, head));
            if (page.isEmpty()) {
                break;
            }
            for (Message message : page) {
                if (message.deletedAt() == null) {
                    file.line(json -> MessageLine.write(json, message));
                    messages++;
                }
            }
            after = page.get(page.size() - 1).seq();
            execution.advance(after, head);
        }
        return file.close(messages);
    }
}
