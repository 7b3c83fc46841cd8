-- Who has been in a room longest, without reading all its members: who inherits it.
create index members_by_joining on members (room_id, joined_at, user_id);
