-- Counts the changes of a profile: its entity tag, and by which readers know the newer of two states.
alter table users add column version bigint not null default 1;

-- A deleted account keeps its id, so that what it left behind has an author; nothing else of it stays.
alter table users
  add column deleted_at timestamptz,
  alter column username drop not null,
  alter column email drop not null,
  alter column display_name drop not null,
  add constraint users_named check (deleted_at is not null or num_nulls(username, display_name) = 0),
  add constraint users_reachable check (deleted_at is not null or email is not null),
  add constraint users_erased check (deleted_at is null or num_nonnulls(username, email, display_name, password_hash) = 0);

-- The place of the latest change of a profile among all changes. The counter stays locked until the change is committed,
-- so places become visible in their order: who has read up to one has missed nothing before it.
create table profile_changes (last bigint not null);
insert into profile_changes values (0);
alter table users add column change bigint;
create unique index users_change on users (change) where change is not null;

create function name_digest(name text) returns bytea immutable language sql
  return sha256(convert_to(lower(name), 'UTF8'));

-- Names that were given up, and nobody else may take yet: who has one could pass for who had it. A digest is enough to
-- recognize one. A username never equals an address, which has an @.
create table resting_names (
  digest bytea primary key,
  user_id uuid not null,
  until timestamptz not null
);
create index resting_names_until on resting_names (until);

-- Part of the uniqueness of names, and so reported as such. It runs after the insert, which may have waited for whoever
-- gave the name up at that moment: only now is it certain to see that it rests.
create function refuse_resting_names() returns trigger language plpgsql as $$
begin
  if exists (select from resting_names
             where digest = name_digest(new.username) and user_id <> new.id and until > now()) then
    raise unique_violation using message = 'this username rests', constraint = 'users_username_unique';
  elsif exists (select from resting_names
             where digest = name_digest(new.email) and user_id <> new.id and until > now()) then
    raise unique_violation using message = 'this address rests', constraint = 'users_email_unique';
  end if;
  return null;
end
$$;
create trigger users_resting_names after insert or update of username, email on users
  for each row when (new.deleted_at is null) execute function refuse_resting_names();
