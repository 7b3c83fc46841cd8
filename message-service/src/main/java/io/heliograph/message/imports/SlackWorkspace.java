package io.heliograph.message.imports;

/** The users, channels and threads to which messages of a Slack export refer. Used by one thread. */
record SlackWorkspace(SlackUsers users, SlackChannels channels, SlackThreads threads) {

    SlackWorkspace() {
        this(new SlackUsers(), new SlackChannels(), new SlackThreads());
    }
}
