/** The library's two tables, for the ATS's own migrations. Names and columns stay as they are from version to version. */
export type Dialect = 'postgres' | 'mysql';

const POSTGRES = `
create table connector_change (
  seq bigint generated always as identity primary key,
  customer_id text not null,
  kind text not null,
  parent_id text not null,
  id text not null,
  record text,
  recorded_at bigint not null
);
create index connector_change_customer on connector_change (customer_id, seq);

create table connector_entry (
  customer_id text collate "C" not null,
  collection text collate "C" not null,
  entry_key text collate "C" not null,
  value text not null,
  primary key (customer_id, collection, entry_key)
);
`;

/** Also MariaDB. Keys are bytes: no collation may take two of them for one. */
const MYSQL = `
create table connector_change (
  seq bigint unsigned not null auto_increment primary key,
  customer_id varbinary(255) not null,
  kind varchar(40) not null,
  parent_id varbinary(1020) not null,
  id varbinary(1020) not null,
  record longtext character set utf8mb4,
  recorded_at bigint not null,
  index connector_change_customer (customer_id, seq)
) engine = InnoDB;

create table connector_entry (
  customer_id varbinary(255) not null,
  collection varbinary(64) not null,
  entry_key varbinary(2100) not null,
  value longtext character set utf8mb4 not null,
  primary key (customer_id, collection, entry_key)
) engine = InnoDB;
`;

export function outboxSql(dialect: Dialect): string {
  return (dialect === 'postgres' ? POSTGRES : MYSQL).trimStart();
}
