-- The search path of this service is its own schema; nothing here names it.

create table users (
  -- In the order of creation, so that the index grows at its end.
  id uuid primary key default uuidv7(),
  username text not null,
  email text not null,
  display_name text not null,
  -- In PHC form, which carries its own cost and salt. Null: this account cannot sign in by password.
  password_hash text,
  roles text[] not null default '{user}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Stored as typed, unique without case. Both are held to ASCII, for which lower() is the whole of case folding.
create unique index users_username_unique on users (lower(username));
create unique index users_email_unique on users (lower(email));

-- A session is a family of refresh tokens, each spent for the next. To revoke it is to delete it.
create table sessions (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now()
);
create index sessions_by_user on sessions (user_id, id);

create table refresh_tokens (
  -- SHA-256 of the token: whoever reads this table cannot use what it holds.
  hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  expires_at timestamptz not null,
  -- Spent tokens stay until they expire: one that comes again has been stolen.
  spent_at timestamptz
);
create index refresh_tokens_by_session on refresh_tokens (session_id);
