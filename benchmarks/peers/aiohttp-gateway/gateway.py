"""An API gateway as in tutorials of aiohttp: a map of services, verification of bearer tokens, a limit per user by a
sliding window in Redis, responses to GETs cached in Redis, and one pooled client with timeouts."""

import asyncio
import json
import os
import time
import uuid

import jwt
import redis.asyncio as redis
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web

UPSTREAM = os.environ["UPSTREAM"]
SERVICES = {name: UPSTREAM for name in ("rooms", "messages", "previews", "jobs")}
OPEN = {"messages", "jobs"}
CACHED = {"previews", "jobs"}

CACHE_SECONDS = 60
WINDOW_SECONDS = 60
# Above the rate of the load: every request is counted and admitted.
WINDOW_REQUESTS = 1_000_000

# Headers of the connection, which are not forwarded; the client sets its own.
HOP_BY_HOP = frozenset(
    ("connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade")
)

STORE = web.AppKey("store", redis.Redis)
CLIENT = web.AppKey("client", ClientSession)
KEYS = web.AppKey("keys", dict)


async def resources(app: web.Application):
    """The resources of a worker."""
    connections = int(os.environ["CONNECTIONS"])
    pool = redis.BlockingConnectionPool.from_url(os.environ["REDIS_URL"], max_connections=connections, timeout=10)
    app[STORE] = redis.Redis.from_pool(pool)
    connector = TCPConnector(limit=connections, keepalive_timeout=30)
    async with ClientSession(
        connector=connector,
        timeout=ClientTimeout(total=60, connect=10, sock_read=30),
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
    ) as app[CLIENT]:
        async with app[CLIENT].get(os.environ["JWKS_URL"]) as answer:
            published = await answer.json()
        app[KEYS] = {key["kid"]: jwt.PyJWK(key).key for key in published["keys"]}
        yield
    await app[STORE].aclose()


def client_of(request: web.Request) -> str:
    """The user of a valid token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
    try:
        key = request.app[KEYS][jwt.get_unverified_header(token)["kid"]]
        return jwt.decode(token, key, ["RS256"], audience="heliograph", issuer="heliograph")["sub"]
    except (jwt.PyJWTError, KeyError):
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"}) from None


async def charge(store: redis.Redis, client: str) -> None:
    """The sliding window: the times of the requests of a user in the last minute, in a sorted set."""
    key = f"limit:{client}"
    now = time.time()
    async with store.pipeline() as pipeline:
        pipeline.zremrangebyscore(key, 0, now - WINDOW_SECONDS)
        pipeline.zadd(key, {uuid.uuid4().hex: now})
        pipeline.zcard(key)
        pipeline.expire(key, WINDOW_SECONDS)
        _, _, count, _ = await pipeline.execute()
    if count > WINDOW_REQUESTS:
        raise web.HTTPTooManyRequests(headers={"Retry-After": str(WINDOW_SECONDS)})


async def ask(request: web.Request, service: str) -> tuple[int, str, bytes]:
    """The response of the service: status, type and body."""
    headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
    body = await request.read() if request.can_read_body else None
    try:
        async with request.app[CLIENT].request(
            request.method, SERVICES[service] + request.raw_path, headers=headers, data=body, allow_redirects=False
        ) as answer:
            kind = answer.headers.get("Content-Type", "application/octet-stream")
            return answer.status, kind, await answer.read()
    except asyncio.TimeoutError:
        raise web.HTTPGatewayTimeout() from None
    except ClientError:
        raise web.HTTPBadGateway() from None


async def cached(request: web.Request, service: str) -> tuple[int, str, bytes]:
    """The cached response, or that of the service, which is cached if its status is 200."""
    store = request.app[STORE]
    key = f"cache:{request.raw_path}"
    kept = await store.get(key)
    if kept is not None:
        answer = json.loads(kept)
        return answer["status"], answer["type"], answer["body"].encode()
    status, kind, body = await ask(request, service)
    if status == 200:
        await store.setex(key, CACHE_SECONDS, json.dumps({"status": status, "type": kind, "body": body.decode()}))
    return status, kind, body


async def handle(request: web.Request) -> web.Response:
    service = request.match_info["service"]
    if service not in SERVICES:
        raise web.HTTPNotFound()
    if service not in OPEN:
        await charge(request.app[STORE], client_of(request))
    keep = request.method == "GET" and service in CACHED
    status, kind, body = await (cached if keep else ask)(request, service)
    return web.Response(status=status, body=body, headers={"Content-Type": kind})


async def application() -> web.Application:
    app = web.Application()
    app.cleanup_ctx.append(resources)
    for method in ("GET", "POST", "PUT", "DELETE"):
        app.router.add_route(method, "/api/{service}/{path:.*}", handle)
    return app
