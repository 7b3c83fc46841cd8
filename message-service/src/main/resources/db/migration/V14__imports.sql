-- Of a message that was imported: {"by": who imported it, "author": who wrote it by the file, where that is no account}.
alter table messages add column imported jsonb;

-- The messages of files that are being imported, to be stored in the order of their times. They go as they are stored.
create table import_lines (
  job_id    uuid not null references jobs on delete cascade,
  sent_at   timestamptz not null,
  file      int not null,
  line      bigint not null,
  -- As the file has them: how an account may be called, and how people called who wrote it.
  username  text,
  author    text,
  client_id text not null,
  content   text not null,
  -- Whether the file says when it was sent.
  timed     boolean not null,
  primary key (job_id, sent_at, file, line)
);

-- Finds the accounts that a file names.
create index people_username on people (lower(username)) where not deleted;
