-- A contract's own switches stand in one table: for whatever ATS (ats_no 0), or for one of them.
alter table contract_switch add column ats_no int not null default 0;
alter table contract_switch drop constraint contract_switch_pkey;
alter table contract_switch add primary key (tenant_id, contract_id, feature, ats_no);

alter table contract_switch no force row level security;
alter table integration_off no force row level security;
insert into contract_switch (tenant_id, contract_id, feature, ats_no, is_on, changed_at)
select tenant_id, contract_id, 'export', ats_no, false, switched_at
from integration_off where integration_type = 'ONE_CLICK_EXPORT';
alter table contract_switch force row level security;
drop table integration_off;

-- The administrator's pages read the request log by organisation and time.
drop index api_request_failed;
create index api_request_tenant on api_request (tenant_id, at);
create index api_request_application on api_request (application_id, at);
