import type { ContractFeatureState } from '@carrick/protocol/administration';
import button from '../elements/button.module.css';
import css from './admin-page.module.css';
import { useChange } from './queries.ts';
import { SwitchButton } from './switch-button.tsx';
import { words } from './words.ts';

/** What this contract does without. */
export function Features({
  contract,
  features,
}: {
  contract: string;
  features: readonly ContractFeatureState[];
}) {
  const { change, isBusy } = useChange();
  return (
    <section className={css.card} aria-labelledby="features" data-testid="features">
      <div className={css.cardHead}>
        <div>
          <h2 className={css.cardTitle} id="features">
            {words.features}
          </h2>
          <p className={css.meta}>{words.featuresHint(contract)}</p>
        </div>
      </div>
      <ul className={css.list}>
        {features.map(({ feature, isOn, atss }) => (
          <li key={feature} className={css.line}>
            <div className={css.words}>
              <p className={css.name}>{words.feature[feature]}</p>
              <p className={css.meta} id={`feature-${feature}`}>
                {words.featureHint[feature]}
              </p>
              {isOn &&
                atss
                  .filter((ats) => !ats.isOn)
                  .map(({ atsNo, name }) => (
                    <p key={atsNo} className={css.meta}>
                      {words.offFor(name)}{' '}
                      <button
                        type="button"
                        className={button.text}
                        onClick={() =>
                          void change(
                            'admin/features',
                            { feature, atsNo, isOn: true },
                            words.featureDone(words.feature[feature], true),
                          )
                        }
                      >
                        {words.onFor(name)}
                      </button>
                    </p>
                  ))}
            </div>
            <SwitchButton
              isOn={isOn}
              label={words.feature[feature]}
              describedBy={`feature-${feature}`}
              isDisabled={isBusy}
              flip={() =>
                void change(
                  'admin/features',
                  { feature, isOn: !isOn },
                  words.featureDone(words.feature[feature], !isOn),
                )
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
