-- Whether a sender is a service account, as the profile says.
alter table people add column bot boolean not null default false;
