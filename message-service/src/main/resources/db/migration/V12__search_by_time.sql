-- What can be searched, one row per message that is not deleted. text has the folded words of the message, each between
-- blanks: what the index finds is compared with it. words has what the index looks up: the beginnings of the words, the
-- pairs of neighbours in scripts without blanks, the room (a word after chr(1)), and the segments of time (after
-- chr(2 + level)). The service computes both, by the same code as for a query.
create table search_entries (
  room_id    uuid not null,
  seq        bigint not null,
  created_at timestamptz not null,
  text       text not null,
  words      tsvector not null,
  primary key (room_id, seq)
);

-- Every search reads the whole pending list, once per step, so it is short. Only the indexer writes, and merges it.
create index search_entries_words on search_entries using gin (words) with (gin_pending_list_limit = 256);

-- How far the index of a room has come: it has what changed up to rev, of the messages from seq `backfill` on. Messages
-- before that are indexed newest first, while changes are indexed as they come.
create table search_progress (
  room_id  uuid primary key references rooms on delete cascade,
  rev      bigint not null default 0,
  backfill bigint not null default 1
);

create index search_progress_backfill on search_progress (room_id) where backfill > 1;

-- Everything that is there is indexed anew, in the background. message_words and indexed_rooms serve the previous release
-- while it still runs: what is indexed here is deleted there.
insert into search_progress (room_id, rev, backfill) select id, last_rev, last_seq + 1 from rooms where last_rev > 0;

-- Where a search starts and ends, and its way through a second in which very much was sent, as by an import.
create index search_entries_by_time on search_entries (created_at, room_id, seq);

-- The segment of this level that has a time: 1 s, 32 s, 17 min, 9 h, 12 days and 388 days long.
create function search_segment(level int, at timestamptz) returns tsquery immutable language sql
  return quote_literal(chr(2 + level) || to_hex(floor(extract(epoch from at))::bigint >> (5 * level)))::tsquery;

-- Whether the text is what is asked for by one of the alternatives.
create function search_matches(text text, required text[], excluded text[]) returns boolean immutable language sql
  return exists (
    select from unnest(required, excluded) as alternative(has, has_not)
    where text like all (string_to_array(has, E'\n')) and not text like any (string_to_array(has_not, E'\n'))
  );

-- The newest messages before a place, up to `wanted`, in rooms of this person (or only in one of them), that have the
-- words. It walks back through segments of time. Where hits are sparse the next segment is 32 times longer; where one has
-- more than `step_limit` hits, it looks at a shorter one instead. So a step costs about as much for any word, and the
-- rooms of the person are not read: each hit is looked up among the members. One who is in few rooms searches these. Where
-- even one second has too many hits, its messages are read in their order.
--
-- words      what the index is asked for
-- required   per alternative the patterns that the text must all have, one a line; excluded: those it must not have
-- max_cost   after so many hits, with 16 for each step, the walk ends, to be continued
--
-- The last row has in `examined` how many hits were looked at, and in the others the place after which to continue; without
-- a time the search has come to its end.
create type search_place as (room_id uuid, seq bigint, created_at timestamptz);

create function search_messages(
  person uuid, only_room uuid, words tsquery, required text[], excluded text[],
  before_at timestamptz, before_room uuid, before_seq bigint, wanted int, max_cost int
) returns table (found_room uuid, found_seq bigint, found_at timestamptz, examined int)
language plpgsql stable as $$
declare
  nobody     constant uuid := '00000000-0000-0000-0000-000000000000';
  top        constant int := 5;
  step_limit constant int := 4096;
  step_cost  constant int := 16;
  few_rooms  constant int := 64;
  rooms      uuid[];
  asked      tsquery := words;
  simple     boolean := cardinality(required) = 1;
  having_all text[] := string_to_array(required[1], E'\n');
  having_no  text[] := string_to_array(excluded[1], E'\n');
  oldest     timestamptz := (select e.created_at from search_entries e order by e.created_at limit 1);
  place_at   timestamptz := before_at;
  place_room uuid := before_room;
  place_seq  bigint := before_seq;
  latest     timestamptz := (select e.created_at from search_entries e order by e.created_at desc limit 1);
  -- By level: where a segment that has too many hits starts. Until the walk has come there the level is of no use.
  full_until timestamptz[] := array_fill('infinity'::timestamptz, array[6], array[0]);
  level      int := 0;
  -- While the messages of a second are read one by one: its start.
  crowded    timestamptz;
  last_place search_place[];
  started    timestamptz;
  seconds    bigint;
  segment    tsquery;
  hits       int;
  matches    search_place[];
  found      int := 0;
  hit_count  int := 0;
  cost       int := 0;
begin
  if only_room is null then
    rooms := array(select m.room_id from members m where m.user_id = person limit few_rooms + 1);
  else
    rooms := array[only_room];
  end if;
  if cardinality(rooms) = 0 or latest is null then
    return query select null::uuid, null::bigint, null::timestamptz, 0;
    return;
  end if;
  if cardinality(rooms) <= few_rooms then
    asked := words && (select string_agg(quote_literal(chr(1) || right(room::text, 8)), ' | ')
                       from unnest(rooms) room)::tsquery;
  end if;
  if place_at > latest then
    place_at := latest + interval '1 microsecond';
    place_room := nobody;
  end if;
  loop
    if crowded is not null then
      with hit as materialized (
        select e.room_id, e.seq, e.created_at, e.text
        from search_entries e
        where (e.created_at, e.room_id, e.seq) < (place_at, place_room, place_seq) and e.created_at >= crowded
        order by e.created_at desc, e.room_id desc, e.seq desc limit step_limit
      ),
      matching as materialized (
        select h.room_id, h.seq, h.created_at from hit h
        where case when simple then h.text like all (having_all) and not h.text like any (having_no)
              else search_matches(h.text, required, excluded) end
          and (select true from members m where m.room_id = h.room_id and m.user_id = person)
          and (only_room is null or h.room_id = only_room)
        order by h.created_at desc, h.room_id desc, h.seq desc limit wanted - found
      )
      select (select count(*) from hit),
             array(select (h.room_id, h.seq, h.created_at)::search_place from hit h
                   order by h.created_at, h.room_id, h.seq limit 1),
             array(select (m.room_id, m.seq, m.created_at)::search_place from matching m)
      into hits, last_place, matches;
      cost := cost + step_cost + hits;
      hit_count := hit_count + hits;
      return query select m.room_id, m.seq, m.created_at, null::int from unnest(matches) m;
      found := found + cardinality(matches);
      if hits < step_limit then
        place_at := crowded;
        place_room := nobody;
        place_seq := 0;
        crowded := null;
      else
        place_at := last_place[1].created_at;
        place_room := last_place[1].room_id;
        place_seq := last_place[1].seq;
      end if;
      if found >= wanted or (crowded is null and place_at <= oldest) then
        place_at := null;
      end if;
      exit when place_at is null or cost >= max_cost;
      continue;
    end if;
    -- A place without a room is before all messages of its time.
    seconds := floor(extract(epoch from case when place_room = nobody then place_at - interval '1 microsecond' else place_at end));
    started := to_timestamp((seconds >> (5 * level)) << (5 * level));
    segment := asked && search_segment(level, to_timestamp(seconds));
    with hit as materialized (
      select e.room_id, e.seq, e.created_at, e.text
      from search_entries e
      -- The sum keeps the planner from reading the index by time instead.
      where e.words @@ segment and (e.created_at + interval '0', e.room_id, e.seq) < (place_at, place_room, place_seq)
      limit step_limit + 1
    ),
    matching as materialized (
      select h.room_id, h.seq, h.created_at from hit h
      where (select count(*) from hit) <= step_limit
        and case when simple then h.text like all (having_all) and not h.text like any (having_no)
            else search_matches(h.text, required, excluded) end
        and (select true from members m where m.room_id = h.room_id and m.user_id = person)
        and (only_room is null or h.room_id = only_room)
      order by h.created_at desc, h.room_id desc, h.seq desc
      limit wanted - found
    )
    select (select count(*) from hit),
           array(select (m.room_id, m.seq, m.created_at)::search_place from matching m)
    into hits, matches;
    cost := cost + step_cost + hits;
    hit_count := hit_count + hits;
    if hits > step_limit then
      if level = 0 then
        crowded := started;
      else
        full_until[level] := started;
        level := level - 1;
      end if;
      continue;
    end if;
    return query select m.room_id, m.seq, m.created_at, null::int from unnest(matches) m;
    found := found + cardinality(matches);
    place_at := started;
    place_room := nobody;
    place_seq := 0;
    if found >= wanted or place_at <= oldest then
      place_at := null;
    end if;
    exit when place_at is null or cost >= max_cost;
    if hits * 32 < step_limit and level < top and place_at <= full_until[level + 1] then
      level := level + 1;
    end if;
  end loop;
  return query select place_room, place_seq, place_at, hit_count;
end
$$;
