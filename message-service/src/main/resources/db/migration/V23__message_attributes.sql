-- What a sender gives a message besides its content. metadata is a JSON object as it was written: its numbers keep their
-- digits, and nobody looks into it here.
alter table messages
  add column metadata text,
  add column reply_to bigint,
  add column mentions uuid[];

alter table import_lines add column metadata text;

-- What a repeated send is compared with once the message was changed. For a message without these it is, as before, the
-- digest of its content.
create function message_digest(content text, metadata text, reply_to bigint, mentions uuid[]) returns bytea
stable language sql
  return sha256(convert_to(
    case when metadata is null and reply_to is null and mentions is null then content
    else content || chr(31) || coalesce(metadata, '') || chr(31) || coalesce(reply_to::text, '') || chr(31)
      || coalesce(mentions::text, '') end,
    'UTF8'));

-- The messages that mention somebody else than their sender: counts what a member has not read.
create table message_mentions (
  room_id uuid not null,
  user_id uuid not null,
  seq     bigint not null,
  primary key (room_id, user_id, seq)
);
