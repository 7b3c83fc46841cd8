-- Who may not come into a room, until a time or for ever. A ban that is over says nothing, and is deleted some time after.
create table bans (
  room_id    uuid not null references rooms on delete cascade,
  user_id    uuid not null references people,
  reason     text,
  banned_by  uuid not null references people,
  created_at timestamptz not null default now(),
  until      timestamptz,
  primary key (room_id, user_id)
);

create index bans_user on bans (user_id, room_id);
create index bans_until on bans (until) where until is not null;

-- What was done to the membership, the message or the room of somebody else, by whom and why. It is written in the
-- transaction that does it, and stays when the room or the people are gone. Ids are in the order of time.
create table audit_events (
  id       uuid primary key default uuidv7(),
  at       timestamptz not null default now(),
  event    text not null,
  actor_id uuid not null,
  room_id  uuid,
  user_id  uuid,
  seq      bigint,
  reason   text,
  details  jsonb
);

create index audit_events_room on audit_events (room_id, id) where room_id is not null;
create index audit_events_user on audit_events (user_id, id) where user_id is not null;

-- Of a message that somebody else than its sender deleted: {"by": "owner", "moderator" or "retention", "reason": …}.
alter table messages add column deletion jsonb;
