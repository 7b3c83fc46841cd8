-- The directory by word: each public room at the beginning of every word of its name without case, and of the name
-- itself, followed by the rest of the name. What begins with some text is one range of it.
create table directory (
  place   text collate pg_c_utf8 not null,
  room_id uuid not null references rooms on delete cascade,
  -- Also finds what a room that is changed or removed has here.
  primary key (room_id, place)
);

create index directory_places on directory (place, room_id);

create function directory_places(name text) returns setof text language sql immutable as $$
  select folded from (select lower(name collate pg_c_utf8)) whole(folded)
  union
  select substr(folded, regexp_instr(folded, '[[:alnum:]]+', 1, n))
  from (select lower(name collate pg_c_utf8)) whole(folded),
       generate_series(1, regexp_count(folded, '[[:alnum:]]+')) n
$$;

create function list_in_directory() returns trigger language plpgsql as $$
begin
  delete from directory where room_id = new.id;
  if new.visibility = 'public' then
    insert into directory (room_id, place) select new.id, place from directory_places(new.name) place;
  end if;
  return null;
end
$$;

-- A send updates other columns of the row, and pays nothing for this.
create trigger rooms_in_directory after insert or update of name, visibility on rooms
  for each row execute function list_in_directory();

insert into directory (room_id, place)
  select id, place from rooms, directory_places(name) place where visibility = 'public';
