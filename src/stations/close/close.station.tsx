/** Do micro and macro agree: lifts, healing, bursts, the coarse equation, and a slow variable learned from data. */
import type { Consistency } from '../../core/coarse/frame.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { Numbers } from '../../shell/parts/Numbers.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { cvOfExperiment, stationProblem } from '../../shell/parts/system.ts';
import { Unavailable } from '../../shell/parts/Unavailable.tsx';
import { closing } from '../../shell/runs/closing.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import type { Station } from '../../shell/station.ts';
import { useExperiment } from '../../shell/store.ts';
import {
  AutocorrelationPanel,
  ClosurePanel,
  DiffusionPanel,
  DriftPanel,
  DynamicFreeEnergyPanel,
  HealingPanel,
  PlateauPanel,
} from './ClosePanels.tsx';
import { DiffusionMapPanel } from './DiffusionMapPanel.tsx';
import { Offers } from './Offers.tsx';
import { closeNumbers, closeStory, reasonsOf } from './words.ts';

const REFRESH = 430;

function Close() {
  const experiment = useExperiment();
  const problem = stationProblem(experiment);
  const frame = useSampled(closing.frame, REFRESH);
  const { phase } = useSignal(closing.state);
  if (problem) return <Unavailable reason={problem} />;
  const consistency = frame?.consistency ?? null;
  const { title, text } = closeStory(frame, phase, cvOfExperiment(experiment).label);
  const numbers = consistency ? closeNumbers(consistency) : [];
  const parts = { experiment, consistency };
  return (
    <>
      <div className="stage">
        <Headline title={title}>{text}</Headline>
        <progress
          className="close-progress"
          max={1}
          value={frame ? frame.forceEvaluations / frame.budget : 0}
          aria-label="Share of the budget"
          hidden={phase !== 'running' && phase !== 'paused'}
        />
        <Problems run={closing} />
        {phase === 'finished' && frame && <Offers frame={frame} />}
        <DynamicFreeEnergyPanel {...parts} />
        <div className="close-pair">
          <DriftPanel {...parts} />
          <DiffusionPanel {...parts} />
        </div>
        <div className="close-pair">
          <HealingPanel consistency={consistency} />
          <PlateauPanel consistency={consistency} />
        </div>
        <div className="close-pair">
          <ClosurePanel {...parts} />
          <AutocorrelationPanel {...parts} />
        </div>
      </div>
      <div className="side">
        {frame?.diffusionMap ? (
          <DiffusionMapPanel experiment={experiment} map={frame.diffusionMap} />
        ) : (
          phase !== 'finished' && (
            <p className="remark">The diffusion map is made at the end, of one trajectory.</p>
          )
        )}
        {numbers.length > 0 && (
          <div className="close-numbers">
            <Numbers entries={numbers} />
          </div>
        )}
        <Reasons consistency={consistency} />
      </div>
    </>
  );
}

/** Why parts are missing, and what must be known about others. */
function Reasons({ consistency }: { consistency: Consistency | null }) {
  const reasons = reasonsOf(consistency);
  if (reasons.length === 0) return null;
  return (
    <section className="lessons" aria-label="What must be known">
      <h3>What must be known</h3>
      <dl>
        {reasons.map(({ part, text }) => (
          <div key={part}>
            <dt>{part}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const station: Station = { id: 'close', title: 'Close', order: 6, run: closing, View: Close };
export default station;
