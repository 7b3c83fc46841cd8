-- How new the names of somebody are is told by the version of their profile; 0 is known of no version.
alter table people
  add column version bigint not null default 0,
  add column display_name text,
  add column deleted boolean not null default false;
update people set display_name = username;
alter table people alter column display_name set not null;

-- How far this service has come in what user-service tells of changed profiles: people holds everything up to here.
create table profile_feed (place bigint not null);
insert into profile_feed values (0);
