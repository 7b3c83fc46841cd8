-- The owners of a room, without reading all its members.
create index members_owners on members (room_id, user_id) where role = 'owner';

-- A deleted account leaves its rooms like anybody else who goes, some rooms at a time: it may be in thousands, and whoever
-- follows the changes of profiles does not wait for it. Until it has left, it counts as no member that can act.
create table leaving_accounts (
  id uuid primary key
);

drop trigger people_heirs on people;
drop function give_heirs_of_the_deleted();
drop function give_heirs(uuid);

create function note_leaving_account() returns trigger language plpgsql as $$
begin
  insert into leaving_accounts values (new.id) on conflict do nothing;
  return null;
end
$$;

create trigger people_leaving after update of deleted on people
  for each row when (new.deleted and not old.deleted) execute function note_leaving_account();

insert into leaving_accounts
  select id from people where deleted and exists (select from members where user_id = people.id);
