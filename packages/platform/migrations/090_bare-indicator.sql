-- A contract may do without the bare indicator: "In ATS" of people none of whose applications the viewer may see.
alter table contract_switch drop constraint contract_switch_feature_check;
alter table contract_switch add constraint contract_switch_feature_check
  check (feature in ('export', 'indicator', 'bare-indicator', 'spotlight', 'possible-matches', 'widget'));
