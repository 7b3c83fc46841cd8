-- The one form in which names are compared, as of the words of messages: compatibility form of Unicode, composed, without
-- case, accents and invisible characters. Not without the marks that some scripts write their vowels with.
create function folded_name(name text) returns text immutable language sql
  return normalize(
    replace(replace(replace(replace(
      translate(
        lower(upper(
          regexp_replace(
            normalize(name, NFKD),
            '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0020-\U000e007f\U000e0100-\U000e01ef]',
            '', 'g'
          ) collate pg_c_utf8
        ) collate pg_c_utf8),
        'øłđðħŧı', 'olddhti'
      ),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    NFC) collate pg_c_utf8;

-- The directory by word, by folded names. In scripts without blanks a word may begin at any character.
create or replace function directory_places(name text) returns setof text language sql immutable as $$
  with whole as (select folded_name(name) as folded),
  word as (
    select '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]'
           '|((?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff])[[:alnum:]])+'
           as pattern
  )
  select folded from whole
  union
  select substr(folded, regexp_instr(folded, pattern, 1, n))
  from whole, word, generate_series(1, regexp_count(folded, pattern)) n
$$;

create or replace function list_in_directory() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.name = old.name and new.visibility = old.visibility then
      return null;
    end if;
    with gone as (
      delete from directory where room_id = new.id returning place, whole, since
    )
    insert into past_places (place, room_id, whole, since, until)
      select place, new.id, whole, since, pg_current_xact_id() from gone
      on conflict do nothing;
    -- However often a room is renamed, little is kept of it.
    delete from past_places
      where room_id = new.id and until < (
        select until from (select distinct until from past_places where room_id = new.id) moves
        order by until desc offset 9 limit 1
      );
  end if;
  if new.visibility = 'public' then
    insert into directory (room_id, place, whole, since)
      select new.id, place, place = folded_name(new.name), pg_current_xact_id()
      from directory_places(new.name) place;
  end if;
  return null;
end
$$;

-- A walk that is under way goes on among these places.
delete from past_places;
delete from directory;
insert into directory (room_id, place, whole)
  select id, place, place = folded_name(name) from rooms, directory_places(name) place where visibility = 'public';
