-- What this service knows of an account: enough to name a sender.
create table people (
  id       uuid primary key,
  username text not null
);

-- last_seq and last_rev are the heads of the room's two orders. Both move only under this row's lock, in the
-- transaction that stores the change, which is what makes them gapless and committed in order. The free space keeps
-- those updates on the page (HOT), so that a busy room grows no index.
create table rooms (
  id         uuid primary key default uuidv7(),
  name       text not null,
  topic      text,
  visibility text not null check (visibility in ('public', 'private')),
  last_seq   bigint not null default 0,
  last_rev   bigint not null default 0,
  created_at timestamptz not null default now()
) with (fillfactor = 50);

create table members (
  room_id   uuid not null references rooms on delete cascade,
  user_id   uuid not null references people,
  role      text not null check (role in ('owner', 'member')),
  -- A watermark: everything up to this seq has been read.
  read_seq  bigint not null default 0,
  joined_at timestamptz not null default now(),
  primary key (room_id, user_id)
);

create index members_user on members (user_id, room_id);

-- Every key begins with room_id, so that the table can be partitioned by it without changing a constraint. There is
-- no foreign key to rooms: each writer holds the room's row lock already, and a check per message would cost a lookup
-- and a lock for nothing.
create table messages (
  room_id     uuid not null,
  seq         bigint not null,
  -- The revision of the latest change to this message, and that of its creation. "What changed after rev?" is one
  -- range of messages_rev, in the order in which it is to be told.
  rev         bigint not null,
  created_rev bigint not null,
  sender_id   uuid not null,
  client_id   text not null,
  content     text not null,
  created_at  timestamptz not null,
  edited_at   timestamptz,
  deleted_at  timestamptz,
  primary key (room_id, seq)
);

create unique index messages_rev on messages (room_id, rev);

-- A send takes effect once: the database itself refuses a second message of the same sender under the same client id.
create unique index messages_client on messages (room_id, sender_id, client_id);
