-- Work in the background. Who wants it writes a row, and a worker of any replica takes it under a lease: until lease_until
-- nobody else touches it, and a worker that is alive moves that on. fence is one higher each time it is taken, so that
-- a worker whose lease ran out can store nothing more: what it writes names the fence under which it took the job.
create table jobs (
  id           uuid primary key default uuidv7(),
  kind         text not null,
  user_id      uuid not null,
  state        text not null default 'queued'
               check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  params       jsonb not null default '{}',
  done         bigint not null default 0,
  total        bigint,
  attempts     int not null default 0,
  fence        bigint not null default 0,
  -- When it is to be taken: later than it was queued after an attempt that failed.
  run_at       timestamptz not null default now(),
  lease_until  timestamptz,
  -- Its worker is to stop.
  cancelling   boolean not null default false,
  result       jsonb,
  error        jsonb,
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  finished_at  timestamptz
);

create index jobs_user on jobs (user_id, id);
create index jobs_queued on jobs (run_at) where state = 'queued';
create index jobs_running on jobs (lease_until) where state = 'running';
create index jobs_running_of_user on jobs (user_id) where state = 'running';
create index jobs_queued_of_user on jobs (user_id) where state = 'queued';
create index jobs_finished on jobs (finished_at) where finished_at is not null;

-- Of an account that is gone no job goes on, and no result stays: the next sweep of old jobs takes them.
create function drop_jobs() returns trigger language plpgsql as $$
begin
  update jobs
  set state = case when state in ('queued', 'running') then 'cancelled' else state end, finished_at = '-infinity'
  where user_id = new.id;
  return null;
end
$$;

create trigger people_jobs after update of deleted on people
  for each row when (new.deleted and not old.deleted) execute function drop_jobs();

-- Files of jobs, where every replica reads them: what was uploaded for one, and what one has made. They go with their job.
create table job_chunks (
  job_id uuid not null references jobs on delete cascade,
  file   int not null,
  n      int not null,
  bytes  bytea not null,
  primary key (job_id, file, n)
);

alter table jobs add column stored_bytes bigint not null default 0;
