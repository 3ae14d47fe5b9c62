/** Walkers in the landscape. */
import { useMemo } from 'react';
import type { Experiment } from '../../core/experiment.ts';
import type { SimulationFrame } from '../../core/protocol.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { type DotSource, DotsOverlay } from '../DotsOverlay.tsx';
import { FigureFrame } from '../FigureFrame.tsx';
import { plural } from '../format.ts';
import { LandscapeLegend } from '../parts/LandscapeLegend.tsx';
import { hasExactDensity, startName, systemOf } from '../parts/system.ts';
import { simulation } from '../runs/simulation.ts';
import { usePalette } from '../theme.ts';
import { type Scene, type SceneKind, useScene } from './scene.ts';

const TITLES: Readonly<Record<SceneKind, string>> = {
  curve: 'Energy landscape',
  contours: 'Energy landscape',
  plane: 'Walkers',
};

export function Landscape({ experiment, frame }: { experiment: Experiment; frame: SimulationFrame | null }) {
  const palette = usePalette();
  const scene = useScene(experiment);
  const walkers = useWalkers(scene);
  return (
    <FigureFrame
      className="main-figure"
      title={TITLES[scene.kind]}
      legend={[{ label: 'walkers', kind: 'simulation', mark: 'dot' }]}
      extra={
        scene.ceiling === null ? (
          <PlaneNote experiment={experiment} />
        ) : (
          <LandscapeLegend ceiling={scene.ceiling} />
        )
      }
      figure={scene.figure}
      summary={summaryOf(experiment, frame)}
    >
      <DotsOverlay
        source={walkers}
        margins={LANDSCAPE_MARGINS}
        domain={scene.domain}
        color={palette.simulation}
        ring={palette.paper}
      />
    </FigureFrame>
  );
}

/** The walkers as the scene shows them; projected once per frame. */
function useWalkers({ project }: Scene): DotSource {
  return useMemo(
    () => ({
      get: () => {
        const points = simulation.frame.get()?.walkers;
        return points ? project(points) : null;
      },
      subscribe: simulation.frame.subscribe,
    }),
    [project],
  );
}

/** Why there are no contours. */
function PlaneNote({ experiment }: { experiment: Experiment }) {
  const { energy, coordinates } = systemOf(experiment);
  if (energy === null) return <span>no potential: no landscape and no exact density</span>;
  if (coordinates.length > 2) return <span>{`the first two of ${coordinates.length} coordinates`}</span>;
  return null;
}

function summaryOf(experiment: Experiment, frame: SimulationFrame | null): string {
  const { title, coordinates, energy } = systemOf(experiment);
  const walkers = plural(experiment.walkers, 'walker');
  if (energy === null || coordinates.length > 2)
    return `${walkers} of the system ${title} in the plane of ${coordinates.slice(0, 2).join(' and ')}.`;
  const outside = hasExactDensity(experiment)
    ? `; ${frame?.escaped ?? 0} are outside ${startName(experiment)}, where all started.`
    : '.';
  return `Energy landscape of the ${title} with ${walkers}${outside}`;
}
