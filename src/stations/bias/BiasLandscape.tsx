/** Biased walkers in the landscape, with the windows that hold them. */

import { useMemo } from 'react';
import type { Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { Range } from '../../plots/figure.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { type DotSource, DotsOverlay, insetOf } from '../../shell/figure/DotsOverlay.tsx';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { type Scene, useScene } from '../../shell/figure/scene.ts';
import { LandscapeLegend } from '../../shell/parts/LandscapeLegend.tsx';
import { cvOfExperiment, systemOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { biasing } from '../../shell/runs/biasing.ts';
import { runKind } from '../../shell/runs/kept-runs.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { text, titleOf } from '../../text/index.ts';

const words = text.bias.landscape;

interface LandscapeProps {
  readonly experiment: Experiment;
  readonly centers: readonly number[];
  readonly selected: number | null;
}

export function BiasLandscape({ experiment, centers, selected }: LandscapeProps) {
  const palette = usePalette();
  const scene = useScene(experiment);
  const walkers = useBiasedWalkers(scene);
  const kind = runKind(experiment.method);
  const count = useWalkerCount();
  const title = titleOf('system', experiment.system);
  const axis = axisOfCv(experiment);
  return (
    <FigureFrame
      className="bias-landscape"
      title={scene.kind === 'plane' ? words.plane : words.energy}
      legend={[
        { label: kind === 'biased' ? words.biasedWalkers : words.walkers, kind, mark: 'dot' },
        ...(centers.length > 0 && axis ? [{ label: words.centers, kind: 'biased' as const }] : []),
      ]}
      extra={scene.ceiling === null ? undefined : <LandscapeLegend ceiling={scene.ceiling} />}
      figure={scene.figure}
      summary={words.summary(scene.kind === 'plane', title, count, kind === 'biased', centers.length)}
    >
      {axis && <CenterLines axis={axis} centers={centers} selected={selected} domain={scene.domain} />}
      <DotsOverlay
        source={walkers}
        margins={LANDSCAPE_MARGINS}
        domain={scene.domain}
        color={palette[kind]}
        ring={palette.paper}
      />
    </FigureFrame>
  );
}

function useWalkerCount(): number {
  const points = useSampled(biasing.frame, REFRESH.biasedWalkers)?.view.walkers;
  return points ? points.values.length / points.dimension : 0;
}

/** Axis of the picture along which the collective variable runs, if it is one of the drawn coordinates. */
function axisOfCv(experiment: Experiment): 'x' | 'y' | null {
  const { coordinates } = systemOf(experiment);
  const index = coordinates.indexOf(cvOfExperiment(experiment).value);
  if (index === 0) return 'x';
  return index === 1 ? 'y' : null;
}

interface LinesProps extends Pick<LandscapeProps, 'centers' | 'selected'> {
  readonly axis: 'x' | 'y';
  readonly domain: readonly Range[];
}

function CenterLines({ axis, centers, selected, domain }: LinesProps) {
  const [low, high] = domain[axis === 'x' ? 0 : 1];
  return (
    <svg
      className="plot-area center-lines"
      style={insetOf(LANDSCAPE_MARGINS)}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {centers.map((center, i) => {
        const at = (100 * (center - low)) / (high - low);
        const path = axis === 'x' ? `M${at} 0V100` : `M0 ${100 - at}H100`;
        // biome-ignore lint/suspicious/noArrayIndexKey: two windows may have the same centre
        return <path key={i} d={path} className={i === selected ? 'chosen' : undefined} />;
      })}
    </svg>
  );
}

/** The walkers as the scene shows them; projected once per frame. */
function useBiasedWalkers({ project }: Scene): DotSource {
  return useMemo(() => {
    let last: { points: Points; shown: Points | null } | undefined;
    return {
      get: () => {
        const points = biasing.frame.get()?.view.walkers;
        if (!points) return null;
        if (last?.points !== points) last = { points, shown: project(points) };
        return last.shown;
      },
      subscribe: biasing.frame.subscribe,
    };
  }, [project]);
}
