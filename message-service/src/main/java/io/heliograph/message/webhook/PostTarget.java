package io.heliograph.message.webhook;

import java.util.List;

/** Where and how events of a webhook are posted; each secret makes a signature. */
record PostTarget(String url, List<WebhookSecret> secrets, boolean batch) {}
