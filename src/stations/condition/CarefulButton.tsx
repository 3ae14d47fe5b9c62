/** Trains anew with settings under which the network follows distributions of several modes (docs/model.md, "Conditioning"). */
import { settingValue } from '../../core/params/experiment.ts';
import type { LearnClient } from '../../shell/runs/learning.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import type { Progress } from '../../shell/runs/training-record.ts';
import { useExperiment, useStore } from '../../shell/store.ts';
import { seconds } from '../../text/format.ts';

const STEPS = 4000;
const CAREFUL = {
  'train.steps': STEPS,
  'schedule.logMean': 0,
  'schedule.logDeviation': 1.2,
  'generator.steps': 32,
} as const;
const REFRESH = 500;

export function CarefulButton({ client }: { client: LearnClient }) {
  const experiment = useExperiment();
  const changeAll = useStore((store) => store.changeAll);
  const busy = isBusy(useSignal(client.state));
  const progress = useSampled(client.progress, REFRESH);
  const fits =
    experiment['condition.by'] === 'network' &&
    experiment.schedule === 'edm' &&
    experiment.generator === 'probability-flow';
  const taken = Object.entries(CAREFUL).every(([key, value]) => settingValue(experiment, key) === value);
  if (busy || taken || !fits) return null;
  return (
    <button
      type="button"
      className="button"
      title="More steps, most of them at the noise at which the modes of a distribution are decided, and finer steps of the flow. The settings change with it."
      onClick={() => {
        changeAll(CAREFUL);
        client.restart();
      }}
    >
      {`Train carefully (${expected(progress)})`}
    </button>
  );
}

/** The time is known once something has been trained. */
function expected({ step, first, seconds: spent }: Progress): string {
  const count = `${STEPS.toLocaleString('en')} steps`;
  return step > first && spent > 0 ? `${count}, about ${seconds((spent / (step - first)) * STEPS)}` : count;
}
