package io.heliograph.message.webhook;

import java.util.List;

/** Where and how events of a webhook are posted. A request has one signature per secret. */
record PostTarget(String url, List<WebhookSecret> secrets, boolean batch) {}
