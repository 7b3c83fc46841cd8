-- Whoever writes to users from elsewhere than the service, as an operator by psql, has another search path.
alter function refuse_resting_names() set search_path from current;
