package io.heliograph.message.imports;

import io.vertx.core.Future;
import java.util.List;

/** The messages of an import that have not been stored, in the order of their times. Used by one thread. */
sealed interface LineSource extends AutoCloseable permits OrderedLines, StagedLines {

    /** The next messages, bounded in number and in size; empty after the last. Blocks. */
    List<WaitingLine> next() throws Exception;

    /** Stores the checkpoint, whose position is after this message, for a later attempt. */
    Future<Void> keep(ImportCheckpoint checkpoint, WaitingLine last);

    @Override
    void close();
}
