"""Rooms over WebSocket as in tutorials of aiohttp: the members of each room in memory, and a message is sent to all of
them concurrently by gather."""

import asyncio
import json
import time
import uuid

from aiohttp import WSMsgType, web

ROOMS: dict[str, set["Client"]] = {}


class Client:
    def __init__(self, socket: web.WebSocketResponse):
        self.socket = socket
        self.id = str(uuid.uuid4())
        self.rooms: set[str] = set()

    async def reply(self, **frame):
        await self.socket.send_str(json.dumps(frame))

    async def receive(self, text: str):
        try:
            frame = json.loads(text)
            handle = HANDLERS[frame["type"]]
        except (ValueError, KeyError, TypeError):
            await self.reply(type="error", message="no JSON object with a known type")
            return
        await handle(self, frame)

    async def join(self, frame):
        room = frame["room"]
        ROOMS.setdefault(room, set()).add(self)
        self.rooms.add(room)
        await self.reply(type="joined", room=room, online=len(ROOMS[room]))

    async def leave(self, frame):
        self.forget(frame["room"])
        await self.reply(type="left", room=frame["room"])

    async def send(self, frame):
        message = {
            "type": "message",
            "number": frame["number"],
            "room": frame["room"],
            "sender": self.id,
            "text": frame["text"],
            "at": time.time(),
        }
        await broadcast(frame["room"], json.dumps(message))

    async def ping(self, _):
        await self.reply(type="pong", at=time.time())

    async def stats(self, _):
        await self.reply(type="stats", rooms={room: len(members) for room, members in ROOMS.items()})

    def forget(self, room: str):
        members = ROOMS.get(room, set())
        members.discard(self)
        self.rooms.discard(room)
        if not members:
            ROOMS.pop(room, None)


HANDLERS = {
    "join": Client.join,
    "leave": Client.leave,
    "send": Client.send,
    "ping": Client.ping,
    "stats": Client.stats,
}


async def broadcast(room: str, text: str):
    """Sends to all members. A connection that was lost meanwhile does not affect the others."""
    members = list(ROOMS.get(room, ()))
    await asyncio.gather(*(member.socket.send_str(text) for member in members), return_exceptions=True)


async def connect(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(heartbeat=25)
    await socket.prepare(request)
    client = Client(socket)
    await client.reply(type="welcome", id=client.id)
    try:
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await client.receive(message.data)
    finally:
        for room in list(client.rooms):
            client.forget(room)
    return socket


async def application() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/ws", connect)])
    return app
