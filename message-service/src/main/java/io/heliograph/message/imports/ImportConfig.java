package io.heliograph.message.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Limits of imports and of their concurrency. */
@ConfigMapping(prefix = "heliograph.imports")
interface ImportConfig {

    /** The total size of the files of one request. The gateway has the same limit. */
    @WithDefault("100M")
    MemorySize maxSize();

    /** Files in one request. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int maxFiles();

    /** Files of one import that are read concurrently. */
    @WithDefault("5")
    @Min(1)
    @Max(64)
    int readersAtOnce();

    /** The total size of the entries of one archive, decompressed: ten times the largest upload. */
    @WithDefault("1G")
    MemorySize maxUnpacked();

    /** Entries of one archive: a file for each day of some channels over many years. */
    @WithDefault("200000")
    @Min(1)
    int maxEntries();

    /**
     * Messages of an import in one group, which is one commit; a second group waits. While clients send, a group is
     * committed in several parts (heliograph.send.max-background-commit-size).
     */
    @WithDefault("500")
    @Min(1)
    @Max(5_000)
    int sendsAtOnce();
}
