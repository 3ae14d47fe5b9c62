/** Which engines compute, how fast they were when tried, and a choice for those who know better. */
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { BACKENDS } from '../../core/generative/backends.ts';
import type { LearnInfo } from '../../core/protocol/learn.ts';
import { fixed } from '../../text/format.ts';
import { say, text } from '../../text/index.ts';
import { Choice } from '../controls/ChoiceControl.tsx';
import type { Station } from '../station.ts';
import { type BackendChoice, useStore } from '../store.ts';
import { chipText, simulationText } from './engine-text.ts';

const words = text.frame.engines;

interface ChipProps {
  readonly station: Station;
}

/** One component for each station, whose hooks are its own. */
export function BackendChip({ station }: ChipProps) {
  return (
    <DialogTrigger key={station.id}>
      <InUse station={station} />
      <Popover className="popover" placement="top end">
        <Dialog className="engines" aria-label={words.title}>
          <Engines station={station} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function InUse({ station: { useEngines } }: ChipProps) {
  return (
    <Button className="chip" aria-label={words.title}>
      {chipText(useEngines())}
    </Button>
  );
}

/** What simulates and what learns, with the choice of the latter. */
export function Engines({ station: { useEngines, id } }: ChipProps) {
  return <EnginesOf key={id} useEngines={useEngines} />;
}

function EnginesOf({ useEngines }: Pick<Station, 'useEngines'>) {
  const { simulation, learning, tried } = useEngines();
  return (
    <>
      <h2>{words.simulation}</h2>
      <p>{simulationText(simulation)}</p>
      <h2>{words.learning}</h2>
      <BackendSelect />
      {learning && <p>{words.inUse(words.names[learning])}</p>}
      {tried ? <Probes info={tried} /> : <p>{words.timedLater}</p>}
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
            <td>
              {milliseconds === null
                ? problem
                  ? say(problem)
                  : words.notTimed
                : `${fixed(milliseconds, 1)} ms`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
