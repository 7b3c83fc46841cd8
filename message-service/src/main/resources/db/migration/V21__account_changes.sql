-- Counts the rooms that somebody came into or left, so that a client notices when it has missed one of these changes.
alter table people add column account_rev bigint not null default 0;

-- How far somebody had read a room that they left. They go on from there when they come back.
create table former_marks (
  room_id  uuid not null references rooms on delete cascade,
  user_id  uuid not null,
  read_seq bigint not null,
  primary key (room_id, user_id)
);

create index former_marks_user on former_marks (user_id);

-- People are locked in the order of their ids, after the room, as by whoever admits many.
create function number_added_members() returns trigger language plpgsql as $$
begin
  perform from people where id in (select user_id from added) order by id for no key update;
  update people p set account_rev = p.account_rev + a.rooms
  from (select user_id, count(*) as rooms from added group by user_id) a
  where p.id = a.user_id;
  return null;
end
$$;

create trigger members_numbered after insert on members
  referencing new table as added for each statement execute function number_added_members();

-- The members of a room that is deleted are not numbered: however many there are, nothing is written for them.
create function number_removed_members() returns trigger language plpgsql as $$
begin
  if not exists (select from rooms where id in (select room_id from removed)) then
    return null;
  end if;
  perform from people where id in (select user_id from removed) order by id for no key update;
  update people p set account_rev = p.account_rev + m.rooms
  from (select user_id, count(*) as rooms from removed group by user_id) m
  where p.id = m.user_id;
  insert into former_marks (room_id, user_id, read_seq)
    select m.room_id, m.user_id, m.read_seq
    from removed m
    join rooms r on r.id = m.room_id
    join people p on p.id = m.user_id and not p.deleted
    on conflict (room_id, user_id) do update set read_seq = excluded.read_seq;
  return null;
end
$$;

create trigger former_members_numbered after delete on members
  referencing old table as removed for each statement execute function number_removed_members();
