/** Walkers in the landscape, coloured by what became of them last, with the band where the model extrapolates. */
import { useMemo } from 'react';
import { type CoupleFrame, MARK } from '../../core/coupling/frame.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { Range } from '../../plots/figure.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { type DotSource, DotsOverlay, insetOf } from '../../shell/figure/DotsOverlay.tsx';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { LevelDrag } from '../../shell/figure/LevelDrag.tsx';
import type { Segment } from '../../shell/figure/level-curve.ts';
import { type Scene, useScene } from '../../shell/figure/scene.ts';
import { LandscapeLegend } from '../../shell/parts/LandscapeLegend.tsx';
import { cvCoordinate, cvOfExperiment } from '../../shell/parts/system.ts';
import { coupling } from '../../shell/runs/coupling.ts';
import { useStore } from '../../shell/store.ts';
import { usePalette } from '../../shell/theme.ts';
import { text, titleOf } from '../../text/index.ts';
import { marksOf } from './loop.ts';

const words = text.couple.landscape;

interface LandscapeProps {
  readonly experiment: Experiment;
  readonly method: string;
  readonly frame: CoupleFrame | null;
}

export function CoupleLandscape({ experiment, method, frame }: LandscapeProps) {
  const palette = usePalette();
  const scene = useScene(experiment);
  const { label, range } = cvOfExperiment(experiment);
  const change = useStore((store) => store.change);
  const [at] = experiment.at;
  const axis = cvCoordinate(experiment) === 0 ? 'x' : 'y';
  const domain = scene.domain[axis === 'x' ? 0 : 1];
  const layers = [
    { mark: MARK.trapped, color: palette.simulation, ring: palette.paper },
    { mark: MARK.healed, color: palette.biased, ring: palette.paper },
    { mark: MARK.accepted, color: palette.biased, ring: palette.model, share: 0.55 },
    { mark: MARK.generated, color: palette.model, ring: palette.paper },
  ];
  return (
    <FigureFrame
      className="couple-landscape"
      title={words.title}
      legend={LEGEND}
      extra={scene.ceiling === null ? undefined : <LandscapeLegend ceiling={scene.ceiling} />}
      figure={scene.figure}
      summary={summaryOf(titleOf('system', experiment.system), frame)}
    >
      <Beyond axis={axis} domain={domain} trained={frame?.view.trained ?? null} />
      {layers.map(({ mark, color, ring, share }) => (
        <Walkers
          key={mark}
          scene={scene}
          method={method}
          mark={mark}
          color={color}
          ring={ring}
          share={share}
        />
      ))}
      <LevelDrag
        segments={[across(axis, at, scene.domain)]}
        others={[]}
        value={at}
        limits={range}
        domain={scene.domain}
        label={label}
        margins={LANDSCAPE_MARGINS}
        valueAt={(place) => place[axis === 'x' ? 0 : 1]}
        onChange={(value) => change('at', [value, ...experiment.at.slice(1)])}
      />
    </FigureFrame>
  );
}

/** The line of states with one value of the slow variable. */
function across(axis: 'x' | 'y', at: number, [[x0, x1], [y0, y1]]: readonly Range[]): Segment {
  return axis === 'x'
    ? [
        [at, y0],
        [at, y1],
      ]
    : [
        [x0, at],
        [x1, at],
      ];
}

const LEGEND: readonly LegendEntry[] = [
  { label: words.trapped, kind: 'simulation', mark: 'dot' },
  { label: words.generated, kind: 'model', mark: 'dot' },
  { label: words.healed, kind: 'biased', mark: 'dot' },
  { label: words.accepted, kind: 'accepted', mark: 'dot' },
  { label: words.extrapolates, kind: 'beyond', mark: 'area' },
];

function summaryOf(title: string, frame: CoupleFrame | null): string {
  if (!frame) return words.empty(title);
  const { trapped, generated, healed, accepted } = marksOf(frame.view.marks);
  return words.summary(title, [trapped, generated, healed, accepted]);
}

interface WalkersProps {
  readonly scene: Scene;
  readonly method: string;
  readonly mark: number;
  readonly color: string;
  readonly ring: string;
  readonly share?: number;
}

function Walkers({ scene, method, mark, color, ring, share }: WalkersProps) {
  const source = useMarked(scene, method, mark);
  return (
    <DotsOverlay
      source={source}
      margins={LANDSCAPE_MARGINS}
      domain={scene.domain}
      color={color}
      ring={ring}
      ringShare={share}
    />
  );
}

/** The walkers of one kind as the scene shows them; sorted out once per frame. */
function useMarked({ project }: Scene, method: string, mark: number): DotSource {
  return useMemo(() => {
    let last: { frame: CoupleFrame; shown: ReturnType<typeof project> } | undefined;
    return {
      get: () => {
        const frame = coupling.methods.get().get(method)?.frame;
        if (!frame) return null;
        if (last?.frame !== frame) last = { frame, shown: project(marked(frame, mark)) };
        return last.shown;
      },
      subscribe: coupling.methods.subscribe,
    };
  }, [project, method, mark]);
}

function marked({ view: { walkers, marks } }: CoupleFrame, mark: number) {
  const { dimension, values } = walkers;
  const rows = [...marks.keys()].filter((w) => marks[w] === mark);
  const out = new Float32Array(rows.length * dimension);
  rows.forEach((w, i) => {
    out.set(values.subarray(w * dimension, (w + 1) * dimension), i * dimension);
  });
  return { dimension, values: out };
}

interface BeyondProps {
  readonly axis: 'x' | 'y';
  readonly domain: Range;
  readonly trained: Range | null;
}

/** Where the model has no data. */
function Beyond({ axis, domain: [low, high], trained }: BeyondProps) {
  if (!trained) return null;
  const percent = (value: number) => Math.min(100, Math.max(0, (100 * (value - low)) / (high - low)));
  const [from, to] = [percent(trained[0]), percent(trained[1])];
  const sides = [
    [0, from],
    [to, 100],
  ];
  return (
    <div className="plot-area beyond" style={insetOf(LANDSCAPE_MARGINS)} aria-hidden="true">
      {sides.map(([start, end]) => (
        <i
          key={start}
          style={
            axis === 'x'
              ? { left: `${start}%`, width: `${end - start}%`, top: 0, bottom: 0 }
              : { bottom: `${start}%`, height: `${end - start}%`, left: 0, right: 0 }
          }
        />
      ))}
    </div>
  );
}
