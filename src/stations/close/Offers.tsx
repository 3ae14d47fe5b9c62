/** What to do next with a run that has ended. */
import type { CloseFrame } from '../../core/coarse/frame.ts';
import { closeSettingsOf } from '../../core/coarse/settings.ts';
import { closing } from '../../shell/runs/closing.ts';
import { useOfExperiment, useStore } from '../../shell/store.ts';
import { seconds as secondsText } from '../../text/format.ts';
import { text } from '../../text/index.ts';

const MORE = 10;
/** Errors of F in kT, and of a distribution in JS, that ask for more. */
const LARGE_ERROR = 0.15;
const LARGE_JS = 0.02;
const words = text.close.offers;

export function Offers({ frame }: { frame: CloseFrame }) {
  const change = useStore((store) => store.change);
  const exact = useOfExperiment((experiment) => closeSettingsOf(experiment).lift === 'exact');
  const budget = MORE * useOfExperiment((experiment) => experiment.budget);
  const { consistency } = frame;
  if (!consistency) return null;
  const again = (key: 'budget' | 'close.lift', value: number | string) => {
    change(key, value);
    closing.restart();
  };
  const still = closing.secondsWithoutForces;
  return (
    <div className="train-buttons">
      {asksForMore(consistency) && (
        <button type="button" className="button" onClick={() => again('budget', budget)}>
          {words.more(budget, secondsText(still + MORE * (closing.seconds - still)))}
        </button>
      )}
      {exact && consistency.freeEnergyFromDynamics?.exact && (
        <button type="button" className="button" onClick={() => again('close.lift', 'model')}>
          {words.model}
        </button>
      )}
    </div>
  );
}

function asksForMore({
  freeEnergyFromDynamics: F,
  reasons,
}: NonNullable<CloseFrame['consistency']>): boolean {
  const rough = (F?.rmse ?? 0) > LARGE_ERROR || (F?.direct?.js ?? 0) > LARGE_JS;
  return rough || ['bursts', 'healing', 'projective'].some((part) => part in reasons);
}
