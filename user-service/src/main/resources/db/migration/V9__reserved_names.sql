-- The name of the table says what it holds: names that were given up and are reserved for a while.
alter table resting_names rename to reserved_names;
alter index resting_names_pkey rename to reserved_names_pkey;
alter index resting_names_until rename to reserved_names_until;

-- Replicas of the previous release read and write the table by its old name while they are replaced.
create view resting_names as select digest, user_id, until from reserved_names;

-- Part of the uniqueness of names, and so reported as such. It runs after the insert, which may have waited for the
-- transaction that gave the name up: only then is the reservation certain to be visible.
create function refuse_reserved_names() returns trigger language plpgsql set search_path from current as $$
begin
  if exists (select from reserved_names
             where digest = name_digest(new.username) and user_id <> new.id and until > now()) then
    raise unique_violation using message = 'this username is reserved', constraint = 'users_username_unique';
  elsif exists (select from reserved_names
             where digest = name_digest(new.email) and user_id <> new.id and until > now()) then
    raise unique_violation using message = 'this address is reserved', constraint = 'users_email_unique';
  end if;
  return null;
end
$$;
drop trigger users_resting_names on users;
create trigger users_reserved_names after insert or update of username, email on users
  for each row when (new.deleted_at is null) execute function refuse_reserved_names();
drop function refuse_resting_names();
