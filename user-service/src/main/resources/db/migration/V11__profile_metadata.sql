-- Data of the embedder about a user: a JSON object as it was written. Of a deleted account none is kept.
alter table users add column metadata text;
