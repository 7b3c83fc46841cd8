-- A direct room has the ids of its two people, in their order, and no name. There is one of each pair.
alter table rooms
  add column direct uuid[] check (cardinality(direct) = 2 and direct[1] < direct[2]),
  alter column name drop not null,
  add constraint rooms_named check (name is not null or direct is not null),
  -- Data of the embedder: a JSON object as it was written.
  add column metadata text;

create unique index rooms_direct on rooms (direct) where direct is not null;
