package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The parameters of an import: the room, the files, and the time of the request, at which messages without a time are
 * sorted.
 *
 * @param byAddress whether authors are also found by their e-mail addresses
 */
record ImportPlan(UUID room, String channel, Instant askedAt, boolean byAddress, List<ReceivedFile> files) {

    JsonObject json() {
        JsonArray array = new JsonArray();
        files.forEach(file -> array.add(file.json()));
        return JsonObject.of(
                "room",
                room.toString(),
                "channel",
                channel,
                "askedAt",
                askedAt.toString(),
                "byAddress",
                byAddress,
                "files",
                array);
    }

    static ImportPlan of(JobExecution execution) {
        JsonObject params = execution.params();
        JsonArray array = params.getJsonArray("files");
        List<ReceivedFile> files = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            files.add(ReceivedFile.of(i, array.getJsonObject(i)));
        }
        return new ImportPlan(
                UUID.fromString(params.getString("room")),
                params.getString("channel"),
                Instant.parse(params.getString("askedAt")),
                params.getBoolean("byAddress", false),
                files);
    }
}
