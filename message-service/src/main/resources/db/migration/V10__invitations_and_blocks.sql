-- Who left a room of their own will, or declined to come: only they can bring themselves back.
create table departures (
  room_id uuid not null references rooms on delete cascade,
  user_id uuid not null,
  left_at timestamptz not null default now(),
  primary key (room_id, user_id)
);

-- What waits to be accepted: to be in a room, or for a member to own it.
create table invitations (
  room_id    uuid not null references rooms on delete cascade,
  user_id    uuid not null references people,
  role       text not null check (role in ('owner', 'member')),
  inviter_id uuid not null references people,
  created_at timestamptz not null default now(),
  primary key (room_id, user_id)
);

create index invitations_user on invitations (user_id, room_id);

-- Whom a person wants to have nothing to do with.
create table blocks (
  user_id    uuid not null references people,
  blocked_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (user_id, blocked_id)
);

-- Tells at once of almost every sender that nobody has blocked them.
create index blocks_blocked on blocks (blocked_id);
