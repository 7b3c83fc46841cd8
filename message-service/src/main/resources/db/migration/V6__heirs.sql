-- A room that has members keeps an owner who can act: when the only one is gone, who has been in it longest becomes owner
-- too. The rooms are locked as by whoever changes owners, in the order of their ids, as by whoever sends in several.
create function give_heirs(gone uuid) returns void language plpgsql as $$
begin
  perform from rooms where id in (select room_id from members where user_id = gone and role = 'owner')
    order by id for no key update;
  update members m set role = 'owner'
  from (
    select distinct on (heir.room_id) heir.room_id, heir.user_id
    from members left_by
    join members heir on heir.room_id = left_by.room_id
    join people p on p.id = heir.user_id and not p.deleted
    where left_by.user_id = gone and left_by.role = 'owner'
      and not exists (select from members o join people p on p.id = o.user_id and not p.deleted
                      where o.room_id = left_by.room_id and o.role = 'owner')
    order by heir.room_id, heir.joined_at, heir.user_id
  ) heirs
  where m.room_id = heirs.room_id and m.user_id = heirs.user_id;
end
$$;

create function give_heirs_of_the_deleted() returns trigger language plpgsql as $$
begin
  perform give_heirs(new.id);
  return null;
end
$$;

create trigger people_heirs after update of deleted on people
  for each row when (new.deleted and not old.deleted) execute function give_heirs_of_the_deleted();

do $$ begin perform give_heirs(id) from people where deleted; end $$;
