-- A banned account opens no session. The columns are of the account itself, whose row a sign-in locks: a sign-in that waits
-- for a ban sees it. A ban is in force as long as banned_until is not null, which is infinity for one without an end; who
-- ends it, or finds that its time has come, sets it to null and publishes that.
alter table users
  add column banned_at timestamptz,
  add column banned_until timestamptz,
  add column ban_reason text,
  add column banned_by uuid;

create index users_banned on users (id) where banned_until is not null;
create index users_bans_ending on users (banned_until) where banned_until is not null;
