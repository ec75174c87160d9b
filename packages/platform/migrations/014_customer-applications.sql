-- Which customer applications there are: a command that names person ids must not name them for nobody.
create function customer_application_ids() returns setof bigint
  language sql stable security definer set search_path = public, pg_temp
as $$ select a.application_id from oauth_application a where a.kind = 'customer' order by a.application_id $$;

alter function customer_application_ids() owner to carrick_reader;
revoke execute on function customer_application_ids() from public;
grant execute on function customer_application_ids() to carrick_app;
