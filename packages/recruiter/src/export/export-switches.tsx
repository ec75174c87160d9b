import { Menu } from '@base-ui/react/menu';
import type { FeaturesAnswer } from '@carrick/protocol/administration';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { CheckIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';

const words = messages.export;
const PATH = '/app/api/admin/features';

const switchesQuery = queryOptions({
  queryKey: ['export', 'switches'],
  queryFn: ({ signal }) => request<FeaturesAnswer>(PATH, { signal }),
});

/** For administrators: whether the contract exports to an ATS. Off, the action is absent for everybody on it. */
export function ExportSwitches() {
  const queryClient = useQueryClient();
  const router = useRouter();
  const { data } = useQuery(switchesQuery);
  const { mutate } = useMutation({
    mutationFn: (body: { atsNo: number; isOn: boolean }) =>
      request(PATH, { method: 'POST', body: { feature: 'export', ...body } }),
    async onSuccess() {
      announce(words.switched);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: switchesQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: ['export'] }),
        queryClient.invalidateQueries({ queryKey: ['admin'] }),
        queryClient.refetchQueries({ queryKey: meQuery.queryKey }),
      ]);
      await router.invalidate();
    },
    onError: () => announce(words.switchFailed),
  });
  const atss = data?.features.find(({ feature }) => feature === 'export')?.atss ?? [];
  if (atss.length === 0) return null;
  return (
    <>
      {atss.map(({ atsNo, name, isOn }) => (
        <Menu.CheckboxItem
          key={atsNo}
          className={overlay.item}
          checked={isOn}
          closeOnClick
          onCheckedChange={(next) => mutate({ atsNo, isOn: next })}
        >
          <span className={overlay.mark}>{isOn && <CheckIcon />}</span>
          {words.on(name)}
        </Menu.CheckboxItem>
      ))}
      <div className={overlay.rule} />
    </>
  );
}
