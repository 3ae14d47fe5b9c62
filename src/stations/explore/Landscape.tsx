/** Walkers in the landscape. */
import { useEffect, useMemo, useState } from 'react';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { SimulationFrame } from '../../core/sampling/frames.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { type DotSource, DotsOverlay } from '../../shell/figure/DotsOverlay.tsx';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { type Scene, type SceneKind, useScene } from '../../shell/figure/scene.ts';
import { CloseIcon } from '../../shell/parts/icons.tsx';
import { LandscapeLegend } from '../../shell/parts/LandscapeLegend.tsx';
import { Sentence } from '../../shell/parts/Sentence.tsx';
import { hasExactDensity, startName, systemOf } from '../../shell/parts/system.ts';
import { Signal, useSignal } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { useNarrow, usePalette, wantsStillness } from '../../shell/theme.ts';
import { text, titleOf } from '../../text/index.ts';
import { HandOverlay, MoveFirst } from './Hand.tsx';
import { TrailsOverlay } from './TrailsOverlay.tsx';
import { hasWebgl, useRelief } from './use-relief.ts';

/** A crossing that takes this share of the run is worth a hint. */
const RARE = 0.5;

const words = text.explore.landscape;

const TITLES: Readonly<Record<SceneKind, string>> = {
  curve: words.energy,
  contours: words.energy,
  plane: words.walkers,
};

interface LandscapeProps {
  readonly experiment: Experiment;
  readonly frame: SimulationFrame | null;
  /** Exact mean time of a crossing, once it is known. */
  readonly crossing: number | null;
}

export function Landscape(props: LandscapeProps) {
  const { experiment, frame, crossing } = props;
  const scene = useScene(experiment);
  const walkers = useWalkers(scene);
  const [view, setView] = useState<View>('contours');
  const relief = useRelief(experiment, scene, view === 'relief' && hasWebgl());
  const narrow = useNarrow();
  const hinted = useHint(props);
  const hint = hinted && relief === null && crossing !== null && <Hint crossing={crossing} />;
  return (
    <>
      <FigureFrame
        className="main-figure"
        title={TITLES[scene.kind]}
        legend={[{ label: words.legend, kind: 'simulation', mark: 'dot' }]}
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
            {!narrow && hint}
          </>
        )}
      </FigureFrame>
      {narrow && hint}
    </>
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
        {words.surface}
      </button>
      {view === 'relief' && !possible && <span role="status">{words.noWebgl}</span>}
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

/** Once somebody has used or closed the hint it does not come again. */
const hintDone = new Signal(false);

/** Whether nothing is likely to cross by itself, nothing has, and no hand has helped. */
function useHint({ experiment, frame, crossing }: LandscapeProps): boolean {
  const disturbed = useSignal(simulation.disturbed);
  const done = useSignal(hintDone);
  const rare = crossing !== null && crossing >= RARE * experiment.time;
  const crossed = (frame?.passages?.arrivals.length ?? 0) > 0 || (frame?.escaped ?? 0) > 0;
  const over = rare && (disturbed !== null || crossed);
  useEffect(() => {
    if (over) hintDone.set(true);
  }, [over]);
  return rare && !done && !over;
}

function Hint({ crossing }: { crossing: number }) {
  return (
    <div className="hint">
      <p>
        <Sentence text={words.hint(crossing)} parts={{ action: <b>{words.hintAction}</b> }} />
      </p>
      <button
        type="button"
        className="icon-button"
        aria-label={words.closeHint}
        onClick={() => hintDone.set(true)}
      >
        <CloseIcon />
      </button>
    </div>
  );
}

/** Why there are no contours. */
function PlaneNote({ experiment }: { experiment: Experiment }) {
  const { energy, coordinates } = systemOf(experiment);
  if (energy === null) return <span>{words.noPotential}</span>;
  if (coordinates.length > 2) return <span>{words.firstTwo(coordinates.length)}</span>;
  return null;
}

function summaryOf(experiment: Experiment, frame: SimulationFrame | null): string {
  const { coordinates, energy } = systemOf(experiment);
  const title = titleOf('system', experiment.system);
  const { walkers } = experiment;
  if (energy === null || coordinates.length > 2)
    return words.planeSummary(walkers, title, coordinates.slice(0, 2).map(inSymbols).join(words.and));
  const outside = hasExactDensity(experiment)
    ? words.outside(frame?.escaped ?? 0, startName(experiment))
    : '.';
  return words.summary(title, walkers) + outside;
}
