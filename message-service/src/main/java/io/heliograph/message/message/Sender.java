package io.heliograph.message.message;

import java.util.UUID;

public record Sender(UUID id, String username) {}
