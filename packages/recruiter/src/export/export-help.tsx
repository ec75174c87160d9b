import type { ExportSummary } from '@carrick/protocol/exports';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import css from './export-notices.module.css';
import { labelOf } from './job-label.ts';
import { mailTo } from './mail-to.ts';
import { exportOptionsQuery } from './queries.ts';
import { words } from './words.ts';

/** What can be done about an export that the ATS did not fetch: an administrator sends it again, others tell one. */
export function ExportHelp({ each: { id, ats, job }, isAdmin }: { each: ExportSummary; isAdmin: boolean }) {
  const queryClient = useQueryClient();
  const { data } = useQuery({ ...exportOptionsQuery, enabled: !isAdmin });
  const { mutate, isPending, isSuccess, isError } = useMutation({
    mutationFn: () => request(`/app/api/deliveries/${encodeURIComponent(id)}/resend`, { method: 'POST' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['person'] }),
  });
  if (isAdmin) {
    return (
      <p className={css.help}>
        <button type="button" className={button.text} disabled={isPending} onClick={() => mutate()}>
          {words.sendAgain}
        </button>
        {isSuccess && <span role="status">{words.sentAgain}</span>}
        {isError && <span role="alert">{words.resendFailed}</span>}
      </p>
    );
  }
  if (!data || data.admins.length === 0) return null;
  const address = mailTo(data.admins, words.helpSubject(ats.name), words.helpBody(labelOf(job), id));
  return (
    <p className={css.help}>
      <a href={address}>{words.tellAdmin}</a>
    </p>
  );
}
