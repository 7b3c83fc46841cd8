package io.heliograph.message.imports;

import java.util.ArrayList;
import java.util.List;

/** Collects messages of a file into batches that are bounded in number and in size. Used by one thread. */
final class LineBatches implements FileReader.LineTarget {

    interface Receiver {
        void receive(List<ImportedLine> lines) throws Exception;
    }

    /** The most messages of a batch, which takes the database some milliseconds. */
    private static final int MAX_LINES = 1_000;
    /** The size at which a batch is complete. Its last message may exceed it. */
    private static final int MAX_CHARACTERS = 250_000;

    private final Receiver receiver;
    private List<ImportedLine> lines = new ArrayList<>();
    private int characters;

    LineBatches(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void add(ImportedLine line) throws Exception {
        lines.add(line);
        characters += line.content().length();
        if (lines.size() == MAX_LINES || characters > MAX_CHARACTERS) {
            flush();
        }
    }

    /** Passes on the last batch. */
    void flush() throws Exception {
        if (!lines.isEmpty()) {
            List<ImportedLine> batch = lines;
            lines = new ArrayList<>();
            characters = 0;
            receiver.receive(batch);
        }
    }
}
