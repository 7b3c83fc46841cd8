-- What administrators and integrators did to the accounts of others, and why; written in the transaction that does it.
-- The log has it too, with much else. Ids are in the order of time.
create table audit_events (
  id         uuid primary key default uuidv7(),
  at         timestamptz not null default now(),
  event      text not null,
  -- Null where the service did it by itself, as the end of a ban.
  actor_id   uuid,
  user_id    uuid not null,
  session_id uuid,
  reason     text,
  details    jsonb
);

create index audit_events_user on audit_events (user_id, id);
