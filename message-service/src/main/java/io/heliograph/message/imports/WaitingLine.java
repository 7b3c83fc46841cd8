package io.heliograph.message.imports;

/** A message of an import that is not stored yet, with the number of its file. */
record WaitingLine(int file, ImportedLine line) {}
