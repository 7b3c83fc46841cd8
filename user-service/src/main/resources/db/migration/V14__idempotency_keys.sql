-- What was made by requests that may be repeated. A row is written in the transaction that does the work, so that either
-- both are there or neither, and a concurrent repetition waits for it.
create table idempotency_keys (
  user_id    uuid not null,
  key        text not null,
  -- SHA-256 of what was asked for, without passwords: another request must not use the key.
  request    bytea not null,
  -- JSON with the ids of what was made: no secret, and nothing about a person. Null inside of the transaction alone.
  response   text,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);

create index idempotency_keys_of_user on idempotency_keys (user_id, created_at);
create index idempotency_keys_by_age on idempotency_keys (created_at);
