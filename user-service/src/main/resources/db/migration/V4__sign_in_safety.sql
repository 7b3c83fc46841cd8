-- Rises with each change of a password, and not when the same one is hashed anew: who checked an older one, checked in
-- vain.
alter table users add column password_version int not null default 0;

-- Of the last use, for its owner to recognize it by.
alter table sessions
  add column last_used_at timestamptz not null default now(),
  add column address inet,
  add column user_agent text;

-- How much failing there was lately, in time: each failure moves clear_at a step further into the future, and when it
-- is past, all is forgotten. A row is for an account at an address, for an account (address ''), or for an address
-- (account ''). Unlogged, since it is written at every failure and what a crash loses is a few minutes of counting.
create unlogged table failed_sign_ins (
  -- The id of the account, or what stands for a login that nobody has.
  account text not null,
  address text not null,
  clear_at timestamptz not null,
  primary key (account, address)
);
create index failed_sign_ins_clear_at on failed_sign_ins (clear_at);
