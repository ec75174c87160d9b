import { Collapsible } from '@base-ui/react/collapsible';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { ChevronIcon } from '../elements/icons.tsx';
import css from './card-why.module.css';
import { explanationQuery } from './queries.ts';
import { Waterfall } from './waterfall.tsx';
import { words } from './words.ts';

/** On the card: why the record of this section is linked, asked for when somebody wants to know. */
export function CardWhy({ atsNo, candidateId }: { atsNo: number; candidateId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
      <Collapsible.Trigger className={`${button.text} ${css.trigger}`}>
        <ChevronIcon />
        {words.whyLinked}
      </Collapsible.Trigger>
      <Collapsible.Panel>
        <Reasons atsNo={atsNo} candidateId={candidateId} />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function Reasons({ atsNo, candidateId }: { atsNo: number; candidateId: string }) {
  const { data, error } = useQuery(explanationQuery(atsNo, candidateId));
  if (error && !data) return <p role="alert">{words.failed}</p>;
  if (!data) return <div className={css.waiting} aria-busy="true" />;
  const decision = data.log.find(({ verdict, liftedAt }) => verdict === 'LINK' && liftedAt === null);
  return (
    <div className={css.why} data-testid="card-why">
      {data.standing === 'manual' && (
        <p>{decision?.by ? words.linkedBy(decision.by) : words.linkedByAts(data.candidate.ats.name)}</p>
      )}
      {data.evidence ? (
        <Waterfall evidence={data.evidence} />
      ) : (
        data.standing === 'automatic' && <p>{words.automatically}</p>
      )}
    </div>
  );
}
