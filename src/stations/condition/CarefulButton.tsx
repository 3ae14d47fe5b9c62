/** Trains anew with settings under which the network follows distributions of several modes (docs/model.md, "Conditioning"). */

import { conditionSettingsOf } from '../../core/generative/generation-settings.ts';
import { settingValue } from '../../core/params/experiment.ts';
import { REFRESH } from '../../shell/refresh.ts';
import type { LearnClient } from '../../shell/runs/learning.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import type { Progress } from '../../shell/runs/training-record.ts';
import { useExperiment, useStore } from '../../shell/store.ts';
import { seconds } from '../../text/format.ts';
import { text } from '../../text/index.ts';

const STEPS = 4000;
const CAREFUL = {
  'train.steps': STEPS,
  'schedule.logMean': 0,
  'schedule.logDeviation': 1.2,
  'generator.steps': 32,
} as const;
const words = text.condition.careful;

export function CarefulButton({ client }: { client: LearnClient }) {
  const experiment = useExperiment();
  const changeAll = useStore((store) => store.changeAll);
  const busy = isBusy(useSignal(client.state));
  const progress = useSampled(client.progress, REFRESH.buttons);
  const fits =
    conditionSettingsOf(experiment).by === 'network' &&
    experiment.schedule === 'edm' &&
    experiment.generator === 'probability-flow';
  const taken = Object.entries(CAREFUL).every(([key, value]) => settingValue(experiment, key) === value);
  if (busy || taken || !fits) return null;
  return (
    <button
      type="button"
      className="button"
      title={words.hint}
      onClick={() => {
        changeAll(CAREFUL);
        client.restart();
      }}
    >
      {words.button(expected(progress))}
    </button>
  );
}

/** The time is known once something has been trained. */
function expected({ step, first, seconds: spent }: Progress): string {
  return step > first && spent > 0
    ? words.stepsAndTime(STEPS, seconds((spent / (step - first)) * STEPS))
    : words.steps(STEPS);
}
