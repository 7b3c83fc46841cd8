// The data that comes over the wire. Only types: nothing of this is left at run time.

/**
 * Somebody by the names others see. Go by `id`, since the others may change.
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
 * @property {number} count how many people react with it
 * @property {boolean} [mine] whether the caller is among them
 */

/**
 * What a message may have besides its content.
 *
 * @typedef {object} Attributes
 * @property {Record<string, unknown>} [metadata] data of the program's own: at most 4,096 bytes of JSON, 5 levels deep
 * @property {number} [replyTo] the seq of the message that it replies to
 * @property {string[]} [mentions] ids of members of the room, at most 50
 */

/**
 * A message as it is now; of one that was deleted only its place is left, and its content is empty.
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
 * @property {{by: "owner" | "moderator" | "retention", reason?: string}} [deletion] if somebody else than the sender deleted it
 * @property {Reaction[]} reactions
 * @property {{by: string, author?: string}} [imported]
 * @property {Record<string, unknown>} [metadata] data of the program that sent it
 * @property {number} [replyTo] the seq of the message that it replies to, which may be deleted
 * @property {string[]} [mentions] ids of users
 */

/**
 * The answer to a send: the message is stored.
 *
 * @typedef {object} Ack
 * @property {string} room
 * @property {string} clientId
 * @property {number} seq
 * @property {number} rev
 * @property {string} createdAt
 */

/**
 * A room in a list. Those of the caller alone are in `sync`.
 *
 * @typedef {object} RoomInfo
 * @property {string} id
 * @property {string | null} name null for a direct room
 * @property {string | null} [topic]
 * @property {"public" | "private"} visibility
 * @property {"group" | "direct"} kind
 * @property {string[]} [members] the ids of the two people of a direct room
 * @property {User} [with] the other person of a direct room of the caller
 * @property {Record<string, unknown>} [metadata] data of the program that made it
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
 * A message on its way. `waiting` for a connection or a pause to end, `sending` until the server answers, `failed` when
 * it was refused for good, until it is retried or discarded.
 *
 * @typedef {object} OutboxEntry
 * @property {string} room
 * @property {string} clientId
 * @property {string} content
 * @property {Record<string, unknown>} [metadata]
 * @property {number} [replyTo]
 * @property {string[]} [mentions]
 * @property {"waiting" | "sending" | "failed"} state
 * @property {{code: string, message: string}} [error] why it failed, or was not taken yet
 * @property {number} order
 */

/**
 * What the client is doing. `waiting` to try again in `retryInMs`; `stopped` until `connect` is called, because of
 * `reason`: `closed` by the program, `signed_out`, or what the server closed with.
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
 * What happens in a room. `message`, `updated`, `deleted` and `reaction` come in the order of `rev`, each once.
 *
 * @typedef {object} RoomEvents
 * @property {Message} message one that is new to this client
 * @property {Message} updated one that changed
 * @property {Message} deleted one of which only its place is left
 * @property {{room: string, seq: number, rev: number, user: User, emoji: string, added: boolean, count: number}} reaction
 * @property {{room: string, seq: number, rev: number, online: number}} joined live delivery began, or began again
 * @property {{room: string}} left the caller is no member any more, or the room is gone
 * @property {{room: string}} reset the server was restored to an earlier state: load the history anew
 * @property {{room: string, user: User, state: "online" | "offline", online: number}} presence
 * @property {{room: string, user: User}} typing
 * @property {{room: string, name: string, data: any, sender: User}} event what somebody published
 * @property {{room: string, user?: User, seq: number, forced?: boolean}} read a read mark moved, without `user` that of
 *   the caller, with `forced` perhaps back
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
