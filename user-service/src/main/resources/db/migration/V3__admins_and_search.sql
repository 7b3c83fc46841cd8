-- The few who are admins, to be found and locked without a look at everyone else.
create index users_admins on users (id) where 'admin' = any(roles);

-- What begins with some text, without case, is one range of each, in the order of its pages. By code points, whatever
-- the collation of the database: only then is a prefix a range.
create index users_by_username on users (lower(username collate pg_c_utf8), id);
create index users_by_display_name on users (lower(display_name collate pg_c_utf8), id);
