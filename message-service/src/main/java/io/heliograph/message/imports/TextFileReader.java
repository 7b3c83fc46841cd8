package io.heliograph.message.imports;

import io.heliograph.message.imports.LineInput.BadLine;

/** Reads one message per line; empty lines are skipped. */
final class TextFileReader implements FileReader {

    private static final int DIGEST_DIGITS = 32;

    @Override
    public void read(ReceivedFile file, Source source, FileReport report, LineTarget target) throws Exception {
        LineInput lines = new LineInput(source.open());
        while (true) {
            try {
                String line = lines.next();
                if (line == null) {
                    return;
                }
                report.line();
                if (line.isBlank()) {
                    report.skip();
                } else {
                    long number = lines.number();
                    target.add(new ImportedLine(number, null, null, null, null, clientId(file, number), line));
                }
            } catch (BadLine fault) {
                report.line();
                report.fault("line " + lines.number() + " " + fault.getMessage());
            }
        }
    }

    /**
     * The client id of a line, which is the same whenever the file is read. Half of the digest is enough to distinguish
     * files, and keeps messages and the index of client ids small.
     */
    static String clientId(ReceivedFile file, long line) {
        return "import-" + file.digest().substring(0, DIGEST_DIGITS) + "-" + line;
    }
}
