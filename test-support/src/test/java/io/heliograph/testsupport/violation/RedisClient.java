package io.heliograph.testsupport.violation;

import io.vertx.redis.client.Redis;

/** Uses Redis, and is neither a store nor a bus. */
final class RedisClient {

    Redis redis;
}
