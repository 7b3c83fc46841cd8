-- What a spent token was exchanged for, encrypted under a key made of that token, of which only the hash is here: within
-- the reuse interval it is given again. Forgotten at the next renewal of the session after that.
alter table refresh_tokens add column successor bytea;
create index refresh_tokens_with_successor on refresh_tokens (session_id) where successor is not null;
