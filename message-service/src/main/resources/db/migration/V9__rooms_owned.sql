-- What one person owns, to bound it.
create index members_owned on members (user_id) where role = 'owner';
