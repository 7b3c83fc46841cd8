-- Where changes are posted to. What is to be posted is read from the messages, so that nothing is written twice: a
-- webhook has a cursor for each room, and no queue.
create table webhooks (
  id              uuid primary key default uuidv7(),
  owner_id        uuid not null,
  url             text not null,
  events          text[] not null,
  -- Null for all rooms of the owner.
  rooms           uuid[],
  batch           boolean not null,
  secret          text not null,
  -- The one before, which signs too until then.
  previous_secret text,
  previous_until  timestamptz,
  enabled         boolean not null default true,
  disabled_reason text,
  disabled_at     timestamptz,
  -- Since when, and how often, nothing was taken by the endpoint. Nothing is posted before next_at.
  failing_since   timestamptz,
  attempts        int not null default 0,
  last_error      text,
  next_at         timestamptz not null default now(),
  -- The replica that posts for it, until then. fence is one higher each time it is taken or changed: a replica stores
  -- cursors only under the fence it knows.
  holder          uuid,
  lease_until     timestamptz,
  fence           bigint not null default 0,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);

create index webhooks_owner on webhooks (owner_id, id);

-- The cursor of a webhook in a room, for as long as its owner is a member. rev is what has been posted, known what of
-- that was complete (see the replay of live delivery), and head where the room was when a replica last looked: as long
-- as that is higher than rev there is something to post. Only those who note changes move head, and only those who post
-- move rev, so neither can undo the other.
create table webhook_rooms (
  webhook_id    uuid not null references webhooks on delete cascade,
  room_id       uuid not null,
  rev           bigint not null,
  known         bigint not null,
  head          bigint not null,
  pending_since timestamptz,
  -- Rooms of a webhook take turns in this order.
  turn_at       timestamptz,
  primary key (webhook_id, room_id)
) with (fillfactor = 70);

create index webhook_rooms_room on webhook_rooms (room_id);
create index webhook_rooms_pending on webhook_rooms (webhook_id, turn_at) where head > rev;
create index webhook_rooms_oldest on webhook_rooms (pending_since) where head > rev;

-- The last requests of each webhook, for its owner to look at.
create table webhook_deliveries (
  id           bigint generated always as identity,
  webhook_id   uuid not null references webhooks on delete cascade,
  message_id   text not null,
  at           timestamptz not null,
  outcome      text not null,
  status       int,
  millis       bigint not null,
  changes      int not null,
  room_id      uuid,
  first_rev    bigint,
  last_rev     bigint,
  primary key (webhook_id, id)
);

-- Who comes into a room hears of it from there on, who leaves hears no more. A webhook is made under a lock of the row of
-- its owner, for which the check of the foreign key waits that comes before this trigger: so either of the two sees the
-- other.
create function follow_members() returns trigger language plpgsql as $$
begin
  insert into webhook_rooms (webhook_id, room_id, rev, known, head)
  select w.id, r.id, r.last_rev, r.last_rev, r.last_rev
  from added a
  join webhooks w on w.owner_id = a.user_id and (w.rooms is null or a.room_id = any(w.rooms))
  join rooms r on r.id = a.room_id
  on conflict do nothing;
  return null;
end
$$;

create trigger webhooks_of_members after insert on members
  referencing new table as added for each statement execute function follow_members();

create function unfollow_members() returns trigger language plpgsql as $$
begin
  delete from webhook_rooms c using removed m, webhooks w
  where w.owner_id = m.user_id and c.webhook_id = w.id and c.room_id = m.room_id;
  return null;
end
$$;

create trigger webhooks_of_former_members after delete on members
  referencing old table as removed for each statement execute function unfollow_members();

create function drop_webhooks() returns trigger language plpgsql as $$
begin
  delete from webhooks where owner_id = new.id;
  return null;
end
$$;

create trigger people_webhooks after update of deleted on people
  for each row when (new.deleted and not old.deleted) execute function drop_webhooks();
