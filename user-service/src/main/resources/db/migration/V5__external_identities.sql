-- Accounts of people whom another issuer vouches for. There is no reference to users: a row outlives its account, so
-- that one which was deleted does not come back with the next token.
create table external_identities (
  issuer text not null,
  subject text not null,
  -- Made of the two, so that every verifier knows it without asking.
  user_id uuid not null unique,
  first_seen_at timestamptz not null default now(),
  primary key (issuer, subject)
);

-- Their issuer need not tell an address, and one that somebody here has already is not theirs.
alter table users
  alter column email drop not null,
  drop constraint if exists users_reachable;
