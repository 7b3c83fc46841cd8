package io.heliograph.message.message.send;

import io.heliograph.message.message.Message;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Messages that were stored together, with adjacent seqs. */
@Schema(name = "SentMessages")
record StoredBatch(long firstSeq, long lastSeq, List<Message> messages) {

    /**
     * Throws the {@link io.heliograph.rest.problem.ProblemException} of a batch that was not stored. Repetitions
     * without adjacent seqs were not sent as this batch before, so they are a conflict too.
     */
    static StoredBatch of(List<SendResult> outcomes) {
        List<Message> messages =
                outcomes.stream().map(SendResult::messageOrRefusal).toList();
        long first = messages.get(0).seq();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).seq() != first + i) {
                throw SendResult.clientIdReused();
            }
        }
        return new StoredBatch(first, first + messages.size() - 1, messages);
    }
}
