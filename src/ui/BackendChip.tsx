/** Which engines compute, how fast they were when tried, and a choice for those who know better. */
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { BACKENDS, type LearnInfo } from '../core/learn-protocol.ts';
import { Choice } from './controls/ChoiceControl.tsx';
import { fixed } from './format.ts';
import { learners } from './runs/learning.ts';
import { useSignal } from './signal.ts';
import { type BackendChoice, useExperiment, useStore } from './store.ts';

const NAMES: Readonly<Record<BackendChoice, string>> = {
  auto: 'automatic',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'JavaScript',
};

const SIMULATION = 'WebAssembly SIMD';

function useInfo(): LearnInfo | null {
  const { station } = useExperiment();
  const learn = useSignal(learners.learn.info);
  const condition = useSignal(learners.condition.info);
  return station === 'condition' ? (condition ?? learn) : (learn ?? condition);
}

export function BackendChip() {
  const { station } = useExperiment();
  const info = useInfo();
  const learning = info ? NAMES[info.backend] : 'not started';
  return (
    <DialogTrigger>
      <Button className="chip" aria-label="Engines">
        {station === 'explore' || station === 'bias' ? SIMULATION : `learning: ${learning}`}
      </Button>
      <Popover className="popover" placement="top end">
        <Dialog className="engines" aria-label="Engines">
          <Engines />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** What simulates and what learns, with the choice of the latter. */
export function Engines() {
  const info = useInfo();
  return (
    <>
      <h2>Simulation</h2>
      <p>{SIMULATION}</p>
      <h2>Learning</h2>
      <BackendSelect />
      {info ? <Probes info={info} /> : <p>Each engine is tried when a training starts.</p>}
    </>
  );
}

function BackendSelect() {
  const backend = useStore((store) => store.backend);
  const setBackend = useStore((store) => store.setBackend);
  const options = (['auto', ...BACKENDS] as const).map((id) => ({ id, label: NAMES[id] }));
  return (
    <Choice
      options={options}
      value={backend}
      onChange={(id) => setBackend(id as BackendChoice)}
      aria-label="Engine of the next training"
    />
  );
}

function Probes({ info }: { info: LearnInfo }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">engine</th>
          <th scope="col">one step</th>
        </tr>
      </thead>
      <tbody>
        {info.probes.map(({ id, milliseconds, problem }) => (
          <tr key={id} data-used={id === info.backend}>
            <th scope="row">{NAMES[id]}</th>
            <td>{milliseconds === null ? (problem ?? 'not tried') : `${fixed(milliseconds, 1)} ms`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
