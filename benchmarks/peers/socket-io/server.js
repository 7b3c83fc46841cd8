// Rooms of Socket.IO as its deployment guide recommends: only WebSocket, so that load balancers need no sticky
// sessions; one process per core; a Redis adapter, which delivers messages to the rooms of all processes.
import cluster from "node:cluster";
import { createServer } from "node:http";
import { createAdapter as createPubSubAdapter } from "@socket.io/redis-adapter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const { PORT, REDIS_URL, RECOVERY, WORKERS } = process.env;

async function connected(client) {
  client.on("error", console.error);
  await client.connect();
  return client;
}

// Recovery is not supported by the publish/subscribe adapter, which the guide prefers otherwise, but in the memory of a
// single process or by a stream in Redis.
async function adapter(redis) {
  switch (RECOVERY) {
    case "memory":
      return undefined;
    case "streams":
      return createStreamsAdapter(redis);
    default:
      return createPubSubAdapter(redis, await connected(redis.duplicate()));
  }
}

const recovery = RECOVERY && { maxDisconnectionDuration: 120_000, skipMiddlewares: true };

async function serve() {
  const redis = await connected(createClient({ url: REDIS_URL }));
  const http = createServer();
  const io = new Server(http, {
    transports: ["websocket"],
    adapter: await adapter(redis),
    connectionStateRecovery: recovery,
  });

  // As the guide to memory usage recommends: the upgrade request is not used again.
  io.engine.on("connection", (connection) => (connection.request = null));

  io.on("connection", (socket) => {
    socket.on("join", async (room, answer) => {
      await socket.join(room);
      answer();
    });
    socket.on("send", (room, { number, text }) => {
      io.to(room).emit("message", { number, room, sender: socket.id, text, at: new Date() });
    });
  });
  http.listen({ port: PORT, host: "127.0.0.1" });
}

if (cluster.isPrimary && WORKERS > 1) {
  for (let worker = 0; worker < WORKERS; worker++) {
    cluster.fork();
  }
} else {
  await serve();
}
