-- A walk through the directory shows each room once though rooms are renamed meanwhile: its later pages show a room where
-- it was when the walk began. So a place knows since which transaction a room is there, and where it was before is kept
-- for a while. The place of the whole name is marked: in its order all rooms are listed.
alter table directory
  add column whole boolean not null default false,
  add column since xid8 not null default '0';

update directory d set whole = true from rooms r where r.id = d.room_id and d.place = lower(r.name collate pg_c_utf8);

create index directory_whole on directory (place, room_id) where whole;
drop index rooms_directory;

create table past_places (
  place    text collate pg_c_utf8 not null,
  room_id  uuid not null references rooms on delete cascade,
  whole    boolean not null,
  since    xid8 not null,
  until    xid8 not null,
  moved_at timestamptz not null default now(),
  primary key (room_id, until, place)
);

create index past_places_in_order on past_places (place, room_id);
create index past_places_moved on past_places (moved_at);

-- Whether a transaction had ended when the snapshot was taken. One that is still to come here is of another life of this
-- database, before a restore.
create function seen_by(happened xid8, snapshot text) returns boolean language sql stable as $$
  select pg_visible_in_snapshot(happened, snapshot::pg_snapshot) or happened >= pg_snapshot_xmax(pg_current_snapshot())
$$;

-- Whether a walk that began with this snapshot shows a room at the place where it is since then: if it was there, or was
-- in the directory nowhere.
create function shown_at(room uuid, since xid8, snapshot text) returns boolean language sql stable as $$
  select seen_by(since, snapshot) or not exists (
    select from past_places p
    where p.room_id = room and seen_by(p.since, snapshot) and not seen_by(p.until, snapshot)
  )
$$;

create or replace function list_in_directory() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.name = old.name and new.visibility = old.visibility then
      return null;
    end if;
    with gone as (
      delete from directory where room_id = new.id returning place, whole, since
    )
    insert into past_places (place, room_id, whole, since, until)
      select place, new.id, whole, since, pg_current_xact_id() from gone
      on conflict do nothing;
    -- However often a room is renamed, little is kept of it.
    delete from past_places
      where room_id = new.id and until < (
        select until from (select distinct until from past_places where room_id = new.id) moves
        order by until desc offset 9 limit 1
      );
  end if;
  if new.visibility = 'public' then
    insert into directory (room_id, place, whole, since)
      select new.id, place, place = lower(new.name collate pg_c_utf8), pg_current_xact_id()
      from directory_places(new.name) place;
  end if;
  return null;
end
$$;
