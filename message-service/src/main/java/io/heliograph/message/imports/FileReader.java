package io.heliograph.message.imports;

import java.io.InputStream;

/** Reads the messages of files of one format. */
sealed interface FileReader permits TextFileReader, JsonLinesReader, SlackArchiveReader {

    /** A file that can be read from its beginning as often as needed. */
    interface Source {
        InputStream open();
    }

    /** Receives the messages of a file, and the faults of invalid lines. */
    interface LineTarget {
        /** A message. An invalid one is reported, a valid one is stored later. */
        void add(ImportedLine line) throws Exception;
    }

    /** Reads the whole file. Skipped lines are in the report. */
    void read(ReceivedFile file, Source source, FileReport report, LineTarget target) throws Exception;
}
