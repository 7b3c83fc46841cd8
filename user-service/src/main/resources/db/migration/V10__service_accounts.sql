-- An account of a program. It has no password and no address: secrets of its own stand for it.
alter table users add column bot boolean not null default false;

create table service_accounts (
  id uuid primary key references users,
  -- Whose ids of people this program knows, for token exchange.
  issuer text not null,
  created_by uuid not null
);

-- At most two of one account, so that a program is moved from one to the next while both are good. The id is the session
-- of the tokens that were had by the secret: they end with it.
create table client_secrets (
  id uuid primary key default uuidv7(),
  account_id uuid not null references service_accounts on delete cascade,
  -- SHA-256 of 256 random bits: whoever reads this table cannot use what it holds.
  hash bytea not null unique,
  created_at timestamptz not null default now(),
  -- To the minute.
  last_used_at timestamptz
);
create index client_secrets_by_account on client_secrets (account_id, id);

-- What the issuer said last, and when: only what it says anew changes the profile, which may have been edited here since.
alter table external_identities
  add column claimed_username text,
  add column claimed_name text,
  add column claimed_email text,
  add column claimed_at timestamptz,
  -- Whether the issuer ever called this person an admin here.
  add column admin boolean not null default false;
