package io.heliograph.message.imports;

/** A message of an import that has not been stored, and the index of its file. */
record WaitingLine(int file, ImportedLine line) {}
