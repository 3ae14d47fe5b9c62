/** Who answers the generator: the network, or the exact denoiser. What is wrong with both is the fault of the sampler. */
import type { Experiment } from '../../core/params/experiment.ts';
import { useStore } from '../../shell/store.ts';
import { short } from '../../text/format.ts';
import { type Compared, denoiserVerdict } from './verdict.ts';

interface SwitchProps {
  readonly experiment: Experiment;
  readonly compared: Compared;
}

const OPTIONS: readonly { readonly id: Experiment['denoiser']; readonly label: string }[] = [
  { id: 'network', label: 'network' },
  { id: 'exact', label: 'exact' },
];

export function DenoiserSwitch({ experiment, compared }: SwitchProps) {
  const change = useStore((store) => store.change);
  return (
    <section className="denoiser-switch" aria-label="Denoiser">
      <span>Denoiser of the generator</span>
      {OPTIONS.map(({ id, label }) => (
        <button
          type="button"
          className="chip"
          key={id}
          aria-pressed={experiment.denoiser === id}
          onClick={() => change('denoiser', id)}
        >
          {compared[id] === null ? label : `${label}: JS ${short(compared[id], 2)}`}
        </button>
      ))}
      <p className="remark" role="status">
        {denoiserVerdict(compared)}
      </p>
    </section>
  );
}
