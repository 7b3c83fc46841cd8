-- A repeated send is compared with what was first sent; once a message has been edited or deleted that is no longer
-- its content, so a digest of it (SHA-256) is kept from then on.
alter table messages add column first_digest bytea;

-- {"emoji": count}, kept in step with the table below under the room's row lock, so that a page of history needs no
-- join and no grouping.
alter table messages add column reactions jsonb not null default '{}';

create table reactions (
  room_id    uuid not null,
  seq        bigint not null,
  emoji      text not null,
  user_id    uuid not null,
  created_at timestamptz not null default now(),
  primary key (room_id, seq, emoji, user_id)
);
