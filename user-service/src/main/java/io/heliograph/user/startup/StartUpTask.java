package io.heliograph.user.startup;

import io.smallrye.mutiny.Uni;

/** Work at the start that needs a store. It may be repeated: an attempt that timed out may have taken effect. */
public interface StartUpTask {

    /** What the task creates, for a log line, such as "the demo accounts". */
    String name();

    /** One attempt, which begins when it is subscribed to. */
    Uni<Void> attempt();
}
