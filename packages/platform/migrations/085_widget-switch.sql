-- A contract may do without the profile widget inside the ATS.
alter table contract_switch drop constraint contract_switch_feature_check;
alter table contract_switch add constraint contract_switch_feature_check
  check (feature in ('export', 'indicator', 'spotlight', 'possible-matches', 'widget'));
