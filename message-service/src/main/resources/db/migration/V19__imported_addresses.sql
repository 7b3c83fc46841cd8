-- The e-mail address that a file gives the author of a line. Kept as long as the line waits to be stored.
alter table import_lines add column address text;
