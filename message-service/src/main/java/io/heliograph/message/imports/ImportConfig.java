package io.heliograph.message.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How much may be imported at once, and how much of it is worked on side by side. */
@ConfigMapping(prefix = "heliograph.imports")
interface ImportConfig {

    /** Of the files of one request together. The gateway takes as much of a body. */
    @WithDefault("100M")
    MemorySize maxSize();

    /** Files in one request. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int maxFiles();

    /** Files that are read at once. */
    @WithDefault("5")
    @Min(1)
    @Max(64)
    int readersAtOnce();

    /** What the entries of one archive may be together, unpacked: ten times the largest upload. */
    @WithDefault("1G")
    MemorySize maxUnpacked();

    /** Entries of one archive: a file a day of some channels for many years. */
    @WithDefault("200000")
    @Min(1)
    int maxEntries();

    /**
     * Messages that an import passes to the write path at once, as many again waiting: those of one commit. While clients
     * send, they are committed in several smaller ones (heliograph.send.max-background-commit-size).
     */
    @WithDefault("500")
    @Min(1)
    @Max(5_000)
    int sendsAtOnce();
}
