-- What was answered to the creation of a webhook had its secret, which is to be in the row of the webhook alone: a
-- repetition reads it there. As json, since jsonb would expand numbers in the data of an embedder.
update idempotency_keys set response = json_build_object('id', response::json ->> 'id')::text
where response like '%"whsec\_%' and response::json ->> 'secret' like 'whsec\_%';
