/** Which engines compute, how fast they were when tried, and a choice for those who know better. */
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { CLOSE_BACKEND } from '../../core/coarse/frame.ts';
import { closeSettingsOf } from '../../core/coarse/settings.ts';
import { BACKENDS, type BackendId } from '../../core/generative/backends.ts';
import type { LearnInfo } from '../../core/protocol/learn.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { Choice } from '../controls/ChoiceControl.tsx';
import { closing } from '../runs/closing.ts';
import { coupling } from '../runs/coupling.ts';
import { learners } from '../runs/learning.ts';
import { useSignal } from '../runs/signal.ts';
import { type BackendChoice, useExperiment, useStore } from '../store.ts';

const words = text.frame.engines;

/** What computes the network of the open station, as far as one has been used. */
function useLearning(): BackendId | null {
  const experiment = useExperiment();
  const info = useInfo();
  const arms = useSignal(coupling.arms);
  const lifted = useSignal(closing.frame);
  if (experiment.station === 'couple')
    return [...arms.values()].find(({ backend }) => backend !== null)?.backend ?? null;
  if (experiment.station === 'close')
    return lifted && closeSettingsOf(experiment).lift === 'model' ? CLOSE_BACKEND : null;
  return experiment.station === 'explore' || experiment.station === 'bias' ? null : (info?.backend ?? null);
}

function useInfo(): LearnInfo | null {
  const { station } = useExperiment();
  const learn = useSignal(learners.learn.info);
  const condition = useSignal(learners.condition.info);
  return station === 'condition' ? (condition ?? learn) : (learn ?? condition);
}

export function BackendChip() {
  const { station } = useExperiment();
  const learning = useLearning();
  const simulates = station === 'explore' || station === 'bias' || station === 'close';
  const idle = simulates ? words.simd : words.notStarted;
  return (
    <DialogTrigger>
      <Button className="chip" aria-label={words.title}>
        {learning ? words.learningOn(words.names[learning]) : idle}
      </Button>
      <Popover className="popover" placement="top end">
        <Dialog className="engines" aria-label={words.title}>
          <Engines />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** What simulates and what learns, with the choice of the latter. */
export function Engines() {
  const info = useInfo();
  const learning = useLearning();
  return (
    <>
      <h2>{words.simulation}</h2>
      <p>{words.simd}</p>
      <h2>{words.learning}</h2>
      <BackendSelect />
      {learning && <p>{words.inUse(words.names[learning])}</p>}
      {info ? <Probes info={info} /> : <p>{words.timedLater}</p>}
    </>
  );
}

function BackendSelect() {
  const backend = useStore((store) => store.backend);
  const setBackend = useStore((store) => store.setBackend);
  const options = (['auto', ...BACKENDS] as const).map((id) => ({ id, label: words.names[id] }));
  return (
    <Choice
      options={options}
      value={backend}
      onChange={(id) => setBackend(id as BackendChoice)}
      aria-label={words.next}
    />
  );
}

function Probes({ info }: { info: LearnInfo }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.engine}</th>
          <th scope="col">{words.oneStep}</th>
        </tr>
      </thead>
      <tbody>
        {info.probes.map(({ id, milliseconds, problem }) => (
          <tr key={id} data-used={id === info.backend}>
            <th scope="row">{words.names[id]}</th>
            <td>{milliseconds === null ? (problem ?? words.notTimed) : `${fixed(milliseconds, 1)} ms`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
