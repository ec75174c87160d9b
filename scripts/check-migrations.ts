/**
 * What keeps the schema distributable, as far as its text tells: no triggers, and tenant_id first in every primary
 * key, unique key and unique index of a table that has it.
 */
import { type Finding, listFiles, readText, report } from './repository.ts';

const migrations = listFiles(/^packages\/[^/]+\/migrations\/.*\.sql$/);
const findings: Finding[] = [];
const tenantTables = new Set<string>();
for (const path of migrations) {
  const sql = readText(path).replace(/--.*$/gm, '').replace(/\s+/g, ' ');
  if (/create (or replace )?(constraint )?trigger/i.test(sql)) findings.push({ path, text: 'has a trigger' });
  for (const [, name = '', body = ''] of sql.matchAll(
    /create table (?:if not exists )?([\w.]+) \((.*?)\)[^();]*;/gi,
  )) {
    if (!/\btenant_id\b/.test(body)) continue;
    tenantTables.add(name);
    for (const [key] of body.matchAll(
      /(?:primary key|unique)(?: nulls not distinct)? ?\((?! ?tenant_id\b)[^)]*\)/gi,
    )) {
      findings.push({ path, text: `${name}: "${key}" does not begin with tenant_id` });
    }
    if (
      /\w+ [\w()]+[^,]* (primary key|unique)(?! ?\(|\w)(?! nulls)/i.test(body.replace(/\([^()]*\)/g, '()'))
    ) {
      const isKeyOfTenant = /\btenant_id [^,]* primary key/i.test(body);
      if (!isKeyOfTenant)
        findings.push({ path, text: `${name}: a column alone is a key; tenant_id comes first` });
    }
  }
  for (const [text, table = ''] of sql.matchAll(
    /create unique index [^;]*? on ([\w.]+)(?: using \w+)? ?\((?! ?tenant_id\b)[^;]*/gi,
  )) {
    if (tenantTables.has(table))
      findings.push({ path, text: `"${text.slice(0, 80)}" does not begin with tenant_id` });
  }
}
report(findings, `${migrations.length} migrations, ${tenantTables.size} tenant tables`);
