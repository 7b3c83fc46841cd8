-- What one person has reacted with on a message: bounds it, and marks it on a page of history by one range.
create index reactions_person on reactions (room_id, user_id, seq, emoji);
