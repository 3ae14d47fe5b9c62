/** Walkers in the landscape. */
import { useMemo, useState } from 'react';
import type { Points } from '../../core/channels.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { SimulationFrame } from '../../core/protocol.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { type DotSource, DotsOverlay } from '../DotsOverlay.tsx';
import { FigureFrame } from '../FigureFrame.tsx';
import { plural, short } from '../format.ts';
import { LandscapeLegend } from '../parts/LandscapeLegend.tsx';
import { hasExactDensity, startName, systemOf } from '../parts/system.ts';
import { simulation } from '../runs/simulation.ts';
import { useSignal } from '../signal.ts';
import { usePalette, wantsStillness } from '../theme.ts';
import { HandOverlay, MoveFirst } from './Hand.tsx';
import { type Scene, type SceneKind, useScene } from './scene.ts';
import { TrailsOverlay } from './TrailsOverlay.tsx';
import { hasWebgl, useRelief } from './use-relief.ts';

/** A crossing that takes this share of the run is worth a hint. */
const RARE = 0.5;

const TITLES: Readonly<Record<SceneKind, string>> = {
  curve: 'Energy landscape',
  contours: 'Energy landscape',
  plane: 'Walkers',
};

interface LandscapeProps {
  readonly experiment: Experiment;
  readonly frame: SimulationFrame | null;
  /** Exact mean time of a crossing, once it is known. */
  readonly crossing: number | null;
}

export function Landscape({ experiment, frame, crossing }: LandscapeProps) {
  const scene = useScene(experiment);
  const walkers = useWalkers(scene);
  const [view, setView] = useState<View>('contours');
  const relief = useRelief(experiment, scene, view === 'relief' && hasWebgl());
  return (
    <FigureFrame
      className="main-figure"
      title={TITLES[scene.kind]}
      legend={[{ label: 'walkers', kind: 'simulation', mark: 'dot' }]}
      extra={
        <>
          <MoveFirst scene={scene} />
          {scene.kind === 'contours' && <ViewSwitch view={view} onChange={setView} />}
          {scene.ceiling === null ? (
            <PlaneNote experiment={experiment} />
          ) : (
            <LandscapeLegend ceiling={scene.ceiling} />
          )}
        </>
      }
      figure={relief ?? scene.figure}
      summary={summaryOf(experiment, frame)}
    >
      {relief === null && (
        <>
          <Overlays scene={scene} walkers={walkers} />
          <Hint experiment={experiment} crossing={crossing} />
        </>
      )}
    </FigureFrame>
  );
}

function Overlays({ scene, walkers }: { scene: Scene; walkers: DotSource }) {
  const palette = usePalette();
  const { domain, kind } = scene;
  const common = { source: walkers, margins: LANDSCAPE_MARGINS, domain, color: palette.simulation };
  return (
    <>
      {kind !== 'curve' && !wantsStillness() && <TrailsOverlay {...common} />}
      <DotsOverlay {...common} ring={palette.paper} marked={palette.ink} />
      <HandOverlay scene={scene} source={walkers} />
    </>
  );
}

type View = 'contours' | 'relief';

function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const possible = hasWebgl();
  return (
    <>
      <button
        type="button"
        className="chip"
        aria-pressed={view === 'relief'}
        onClick={() => onChange(view === 'relief' ? 'contours' : 'relief')}
      >
        In relief
      </button>
      {view === 'relief' && !possible && (
        <span role="status">This browser has no WebGL: contours instead.</span>
      )}
    </>
  );
}

/** The walkers as the scene shows them; projected once per frame. */
function useWalkers({ project }: Scene): DotSource {
  return useMemo(() => {
    let last: { points: Points; shown: Points | null } | undefined;
    return {
      get: () => {
        const points = simulation.frame.get()?.walkers;
        if (!points) return null;
        if (last?.points !== points) last = { points, shown: project(points) };
        return last.shown;
      },
      subscribe: simulation.frame.subscribe,
    };
  }, [project]);
}

/** As long as nothing is likely to cross by itself and no hand has helped. */
function Hint({ experiment, crossing }: { experiment: Experiment; crossing: number | null }) {
  const disturbed = useSignal(simulation.disturbed);
  const [handled, setHandled] = useState(false);
  if (disturbed && !handled) setHandled(true);
  if (handled || crossing === null || crossing < RARE * experiment.time) return null;
  return (
    <p className="hint">
      <b>Drag a walker</b> over the barrier, or wait about {`${short(crossing, 2)}\u00a0τ`} for one to cross
      by itself.
    </p>
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
