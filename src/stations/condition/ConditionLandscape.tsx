/** Generated states in the landscape, on the curve of the value that was asked for. */
import { useMemo } from 'react';
import { periodOf } from '../../core/dynamics/bias-term.ts';
import { type Grid, linspace } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { CollectiveVariable } from '../../core/systems/contract.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { DotsOverlay } from '../../shell/figure/DotsOverlay.tsx';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { LevelDrag } from '../../shell/figure/LevelDrag.tsx';
import { levelCurve, type Place, type Segment } from '../../shell/figure/level-curve.ts';
import { DistributionOverlay } from '../../shell/parts/DistributionOverlay.tsx';
import { LandscapeLegend } from '../../shell/parts/LandscapeLegend.tsx';
import { cvCoordinate, cvOfExperiment, modelOf, systemOf } from '../../shell/parts/system.ts';
import { useLandscape } from '../../shell/parts/use-landscape.ts';
import { usePalette } from '../../shell/theme.ts';
import { text, titleOf } from '../../text/index.ts';
import type { Conditioned } from './use-conditioned.ts';
import { useMoveTo } from './use-move-to.ts';

const MOST_DOTS = 500;
const NODES = 81;
const words = text.condition.landscape;

interface LandscapeProps {
  readonly experiment: Experiment;
  readonly conditioned: Conditioned;
}

export function ConditionLandscape({ experiment, conditioned }: LandscapeProps) {
  const { at, distribution, model, dots } = conditioned;
  const palette = usePalette();
  const { figure, ceiling } = useLandscape(experiment, true);
  const { domain, cvs } = systemOf(experiment);
  const title = titleOf('system', experiment.system);
  const cv = cvOfExperiment(experiment);
  const d = cvCoordinate(experiment);
  const moveTo = useMoveTo();
  const also = cvs.find(({ id }) => id === experiment.also) ?? null;
  const others = useLevel(experiment, also, experiment.alsoAt);
  const segments = useLevel(experiment, cv, at);
  const drawn = distribution && d >= 0 ? distribution : null;
  return (
    <FigureFrame
      className="main-figure"
      title={words.title}
      legend={[
        { label: words.generated, kind: 'model', mark: 'dot' },
        ...(drawn ? [{ label: words.exact, kind: 'exact' as const }] : []),
      ]}
      extra={<LandscapeLegend ceiling={ceiling} />}
      figure={figure}
      summary={words.summary(title, cv.label, at)}
    >
      {drawn && (
        <DistributionOverlay
          axis={d === 0 ? 'x' : 'y'}
          distribution={drawn}
          values={model}
          domain={domain}
          margins={LANDSCAPE_MARGINS}
        />
      )}
      <DotsOverlay
        most={MOST_DOTS}
        source={dots}
        margins={LANDSCAPE_MARGINS}
        domain={domain}
        color={palette.model}
        ring={palette.paper}
      />
      <LevelDrag
        segments={segments}
        others={others}
        value={at}
        limits={cv.range}
        domain={domain}
        label={cv.label}
        margins={LANDSCAPE_MARGINS}
        valueAt={(place: Place) =>
          modelOf(experiment)
            .observable(cv.value)
            .at([...place])[0]
        }
        onChange={moveTo}
      />
    </FigureFrame>
  );
}

/** The curve of states with a value of a collective variable; empty for none. */
function useLevel(experiment: Experiment, cv: CollectiveVariable | null, level: number): Segment[] {
  const grid = useValues(experiment, cv);
  return useMemo(() => (grid && cv ? levelCurve(grid, level, periodOf(cv)) : []), [grid, cv, level]);
}

function useValues(experiment: Experiment, cv: CollectiveVariable | null): Grid | null {
  const model = modelOf(experiment);
  return useMemo(() => {
    if (!cv) return null;
    const [xs, ys] = model.system.domain.map(([low, high]) => linspace(low, high, NODES));
    const q = new Float64Array(2 * NODES * NODES);
    for (let k = 0; k < NODES * NODES; k++) {
      q[k] = xs[k % NODES];
      q[NODES * NODES + k] = ys[Math.floor(k / NODES)];
    }
    const values = new Float64Array(NODES * NODES);
    model.observable(cv.value).evaluate(q, values.length, values);
    return { xs, ys, values };
  }, [model, cv]);
}
