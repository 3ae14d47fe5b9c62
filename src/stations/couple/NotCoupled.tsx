/** Systems that cannot be taken round the loop: why, and what can. */
import type { Experiment } from '../../core/params/experiment.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { cvCoordinate, systemOf } from '../../shell/parts/system.ts';
import { useStore } from '../../shell/store.ts';
import { text, titleOf } from '../../text/index.ts';

/** Two coordinates, and a barrier that its slow variable hides. */
const COUPLED = 'two-channel';

export function NotCoupled({ experiment, reason }: { experiment: Experiment; reason: string }) {
  const change = useStore((store) => store.change);
  const other = otherVariable(experiment);
  return (
    <div className="stage unavailable">
      <Headline title={text.parts.unavailable.title}>{reason}</Headline>
      <p className="remark">{text.couple.unavailable.remark}</p>
      <div className="comparison-buttons">
        {other && (
          <button type="button" className="button strong" onClick={() => change('cv', other.id)}>
            {text.couple.unavailable.takeCv(other.label)}
          </button>
        )}
        <TakeCoupled strong={!other} />
      </div>
    </div>
  );
}

export function TakeCoupled({ strong = false }: { strong?: boolean }) {
  const change = useStore((store) => store.change);
  return (
    <button
      type="button"
      className={strong ? 'button strong' : 'button'}
      onClick={() => change('system', COUPLED)}
    >
      {text.couple.unavailable.takeSystem(titleOf('system', COUPLED))}
    </button>
  );
}

/** A slow variable that is a coordinate, where the present one is none and that alone stands in the way. */
function otherVariable(experiment: Experiment) {
  const { cvs, coordinates, energy, hidden, periodic, chain } = systemOf(experiment);
  const fits =
    energy !== null && !hidden && (coordinates.length === 2 || chain !== undefined) && periodic.length === 0;
  return fits && cvCoordinate(experiment) < 0
    ? cvs.find(({ value }) => coordinates.includes(value))
    : undefined;
}
