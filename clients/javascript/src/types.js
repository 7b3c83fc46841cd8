// The data of the API. Only types: this file has no code at run time.

/**
 * A user with the names that others see. Compare users by `id`, since names may change.
 *
 * @typedef {object} User
 * @property {string} id
 * @property {string} username
 * @property {string} displayName
 * @property {boolean} [deleted]
 * @property {boolean} [bot] whether it is a service account
 */

/**
 * @typedef {object} Reaction
 * @property {string} emoji
 * @property {number} count the number of users who react with it
 * @property {boolean} [mine] whether the caller is among them
 */

/**
 * The attributes of a message besides its content.
 *
 * @typedef {object} Attributes
 * @property {Record<string, unknown>} [metadata] data of the program: at most 4,096 bytes of JSON, 5 levels deep
 * @property {number} [replyTo] the seq of the message that it replies to
 * @property {string[]} [mentions] ids of members of the room, at most 50
 */

/**
 * The current state of a message; of a deleted one only the place is left, and its content is empty.
 *
 * @typedef {object} Message
 * @property {string} room
 * @property {number} seq its place in the history of the room
 * @property {number} rev of its latest change, in the order of all changes of the room
 * @property {User} sender
 * @property {string} clientId
 * @property {string} content
 * @property {string} createdAt
 * @property {string} [editedAt]
 * @property {string} [deletedAt]
 * @property {{by: "owner" | "moderator" | "retention", reason?: string}} [deletion] if another user than the sender
 *     deleted it
 * @property {Reaction[]} reactions
 * @property {{by: string, author?: string}} [imported]
 * @property {Record<string, unknown>} [metadata] data of the program that sent it
 * @property {number} [replyTo] the seq of the message that it replies to, which may be deleted
 * @property {string[]} [mentions] ids of users
 */

/**
 * The response to a send: the message is stored.
 *
 * @typedef {object} Ack
 * @property {string} room
 * @property {string} clientId
 * @property {number} seq
 * @property {number} rev
 * @property {string} createdAt
 */

/**
 * A room in a list. The fields of the caller (`role`, `readSeq`, `unread`, `mentions`) are missing in lists that are
 * the same for all users.
 *
 * @typedef {object} RoomInfo
 * @property {string} id
 * @property {string | null} name null for a direct room
 * @property {string | null} [topic]
 * @property {"public" | "private"} visibility
 * @property {"group" | "direct"} kind
 * @property {string[]} [members] the ids of the two users of a direct room
 * @property {User} [with] the other user of a direct room of the caller
 * @property {Record<string, unknown>} [metadata] data of the program that created it
 * @property {"owner" | "member"} [role]
 * @property {number} lastSeq
 * @property {number} rev
 * @property {number} [readSeq]
 * @property {number} [unread]
 * @property {number} [mentions]
 * @property {number} [online]
 * @property {Message | null} [lastMessage]
 * @property {string} createdAt
 */

/**
 * @typedef {object} Member
 * @property {User} user
 * @property {"owner" | "member"} role
 * @property {string} joinedAt
 */

/**
 * @template T
 * @typedef {object} Page
 * @property {T[]} items
 * @property {string | null} next
 */

/**
 * A message of the outbox: `waiting` for a connection or the end of a pause, `sending` until the server responds,
 * `failed` if it was rejected permanently, until it is retried or discarded.
 *
 * @typedef {object} OutboxEntry
 * @property {string} room
 * @property {string} clientId
 * @property {string} content
 * @property {Record<string, unknown>} [metadata]
 * @property {number} [replyTo]
 * @property {string[]} [mentions]
 * @property {"waiting" | "sending" | "failed"} state
 * @property {{code: string, message: string}} [error] the last rejection
 * @property {number} order
 */

/**
 * The state of the connection: `waiting` to try again in `retryInMs`; `stopped` until `connect` is called, because of
 * `reason`: `closed` by the program, `signed_out`, or the reason of the server.
 *
 * @typedef {{name: "connecting"}
 *   | {name: "live"}
 *   | {name: "waiting", retryInMs: number}
 *   | {name: "stopped", reason: string, code?: number}} ConnectionState
 */

/**
 * @typedef {object} Limits
 * @property {number} frameBytes
 * @property {number} rooms
 * @property {number} contentCharacters
 */

/**
 * The events of a room. `message`, `updated`, `deleted` and `reaction` are published in the order of `rev`, each once.
 *
 * @typedef {object} RoomEvents
 * @property {Message} message a message that is new to this client
 * @property {Message} updated a message that has changed
 * @property {Message} deleted a deleted message, of which only the place is left
 * @property {{room: string, seq: number, rev: number, user: User, emoji: string, added: boolean, count: number}} reaction
 * @property {{room: string, seq: number, rev: number, online: number}} joined live delivery began, or began again
 * @property {{room: string}} left the caller is no longer a member, or the room was deleted
 * @property {{room: string}} reset the server was restored to an earlier state: load the history again
 * @property {{room: string, user: User, state: "online" | "offline", online: number}} presence
 * @property {{room: string, user: User}} typing
 * @property {{room: string, name: string, data: any, sender: User}} event an event of the program that a user published
 * @property {{room: string, user?: User, seq: number, forced?: boolean}} read a read mark has moved, without `user`
 *   that of the caller, with `forced` possibly backwards
 * @property {{room: string, unread: number, mentions: number, readSeq: number, lastSeq: number}} unread
 * @property {{room: string, error: import("./errors.js").HeliographError}} refused the room cannot be followed
 */

/**
 * @typedef {RoomEvents & {
 *   roomAdded: RoomInfo,
 *   roomRemoved: {room: string},
 *   roomUpdated: RoomInfo,
 *   profile: {user: User},
 *   state: ConnectionState,
 *   outbox: OutboxEntry,
 *   sent: Ack,
 *   discarded: OutboxEntry,
 *   signedIn: {id: string, username: string},
 *   signedOut: {reason: string},
 *   warning: Error,
 * }} ClientEvents
 */

export {};
