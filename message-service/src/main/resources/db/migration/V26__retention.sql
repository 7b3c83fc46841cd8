-- How many days messages are kept in a room, where that is less than in the installation; null for as long as there.
-- Before retained_from no message has its content any more. The content goes in the order of seq: the mark is where
-- the next look begins.
alter table rooms
  add column retention_days int check (retention_days > 0),
  add column retained_from bigint not null default 1;

create index rooms_retention on rooms (id) where retention_days is not null;

-- Work that one replica does at a time: whose it is, and until when it is not looked for elsewhere.
create table leases (
  name   text primary key,
  holder uuid not null,
  until  timestamptz not null
);
