package io.heliograph.testsupport.violation;

import io.vertx.redis.client.Redis;

/** May use Redis. */
final class CounterStore {

    Redis redis;
}
