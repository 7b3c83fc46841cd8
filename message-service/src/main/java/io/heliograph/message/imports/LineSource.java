package io.heliograph.message.imports;

import io.vertx.core.Future;
import java.util.List;

/** The messages of an import that are still to be stored, in the order of their times. Used by one thread. */
sealed interface LineSource extends AutoCloseable permits OrderedLines, StagedLines {

    /** The next ones, bounded in number and in size; empty after the last. Blocks. */
    List<WaitingLine> next() throws Exception;

    /** Keeps the checkpoint for a later attempt, which stands after this message. */
    Future<Void> keep(ImportCheckpoint checkpoint, WaitingLine last);

    @Override
    void close();
}
