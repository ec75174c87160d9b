import { EVERYONE_ACL } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

/** A viewer as the reader's functions of search take it (migration 091). */
export interface ViewerTerms {
  readonly atsNos: readonly number[];
  /** 'ATS number, space, ACL' of the ACLs that open secured jobs. */
  readonly acls: readonly string[];
  /** The organisation's URN, which members may follow. */
  readonly organisation: Statement;
  /** Whom its active seat holders say they are connected with (hashes of external ids), and who says so of them (member ids). */
  readonly connected: Statement;
  readonly connectedIds: Statement;
}

export function viewerTerms(tx: Sql, { tenantId, atss, jobAcls }: Viewer): ViewerTerms {
  return {
    atsNos: atss.map(({ atsNo }) => atsNo),
    acls: [
      ...atss.map(({ atsNo }) => `${atsNo} ${EVERYONE_ACL}`),
      ...jobAcls.map(({ atsNo, aclId }) => `${atsNo} ${aclId}`),
    ],
    organisation: tx`(select o.urn from organisation o where o.tenant_id = ${tenantId})`,
    connected: tx`array(
      select hashtextextended(c.other_external_id, 0) from seat s join member_connection c on c.member_id = s.member_id
      where s.tenant_id = ${tenantId} and s.is_active
    )`,
    connectedIds: tx`array(
      select c.member_id from seat s join member m on m.member_id = s.member_id
      join member_connection c on c.other_external_id = m.external_id
      where s.tenant_id = ${tenantId} and s.is_active
    )`,
  };
}
