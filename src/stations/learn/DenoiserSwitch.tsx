/** Who answers the generator: the network, or the exact denoiser. What is wrong with both is the fault of the sampler. */
import type { Experiment } from '../../core/params/experiment.ts';
import { useStore } from '../../shell/store.ts';
import { text } from '../../text/index.ts';
import { type Compared, denoiserVerdict } from './verdict.ts';

interface SwitchProps {
  readonly experiment: Experiment;
  readonly compared: Compared;
}

const words = text.learn.denoiser;
const OPTIONS = ['network', 'exact'] as const;

export function DenoiserSwitch({ experiment, compared }: SwitchProps) {
  const change = useStore((store) => store.change);
  return (
    <section className="denoiser-switch" aria-label={words.label}>
      <span>{words.question}</span>
      {OPTIONS.map((id) => (
        <button
          type="button"
          className="chip"
          key={id}
          aria-pressed={experiment.denoiser === id}
          onClick={() => change('denoiser', id)}
        >
          {compared[id] === null ? words[id] : words.js(words[id], compared[id])}
        </button>
      ))}
      <p className="remark" role="status">
        {denoiserVerdict(compared)}
      </p>
    </section>
  );
}
