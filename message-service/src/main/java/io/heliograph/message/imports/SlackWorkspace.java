package io.heliograph.message.imports;

/** What messages of a Slack export refer to. Used by one thread. */
record SlackWorkspace(SlackUsers users, SlackChannels channels, SlackThreads threads) {

    SlackWorkspace() {
        this(new SlackUsers(), new SlackChannels(), new SlackThreads());
    }
}
