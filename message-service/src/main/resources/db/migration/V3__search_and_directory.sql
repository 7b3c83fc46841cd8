-- Counts the changes of name, topic and visibility, so that who changes them can tell what they have seen.
alter table rooms add column version bigint not null default 1;

-- The directory: public rooms by name without case. The collation is PostgreSQL's own, by code point: its order is the
-- same on every system, and a prefix is one range of it.
create index rooms_directory on rooms (lower(name collate pg_c_utf8), id) where visibility = 'public';

-- Rooms that are gone, and whose messages are still to be deleted. Nothing shows them any more: whoever reads or writes
-- messages asks for the room or its members first, and those went in the same transaction.
create table removed_rooms (
  id uuid primary key
);

-- What can be searched. It follows each room's changes in the order of rev a little later, since making it costs several
-- times what storing a message does. words also holds the room as a word of its own, so that one look into the index
-- finds the matches of the rooms that are asked for, and not those of everybody else. A tombstone has none.
create table message_words (
  room_id uuid not null,
  seq     bigint not null,
  words   tsvector not null,
  primary key (room_id, seq)
);

create index message_words_index on message_words using gin (words);

-- How far message_words has come: it holds everything up to this rev. A room without a row has not been begun.
create table indexed_rooms (
  room_id uuid primary key references rooms on delete cascade,
  rev     bigint not null default 0
);
