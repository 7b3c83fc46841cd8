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

-- Display names by their folded form. users_by_display_name serves the previous release while it still runs.
create index users_by_folded_name on users (folded_name(display_name), id);
