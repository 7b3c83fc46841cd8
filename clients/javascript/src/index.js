export { HeliographClient } from "./client.js";
export { Room } from "./room.js";
export { HeliographError } from "./errors.js";
export { memoryStorage } from "./storage.js";

/**
 * @typedef {import("./client.js").ClientOptions} ClientOptions
 * @typedef {import("./storage.js").ClientStorage} ClientStorage
 * @typedef {import("./storage.js").Lock} Lock
 * @typedef {import("./types.js").ClientEvents} ClientEvents
 * @typedef {import("./types.js").RoomEvents} RoomEvents
 * @typedef {import("./types.js").ConnectionState} ConnectionState
 * @typedef {import("./types.js").Limits} Limits
 * @typedef {import("./types.js").Attributes} Attributes
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Reaction} Reaction
 * @typedef {import("./types.js").Ack} Ack
 * @typedef {import("./types.js").OutboxEntry} OutboxEntry
 * @typedef {import("./types.js").RoomInfo} RoomInfo
 * @typedef {import("./types.js").Member} Member
 * @typedef {import("./types.js").User} User
 */
