/** Consistency: how far the slow variable of the generated states is from what was asked for. */
import { useMemo } from 'react';
import type { Asked } from '../../core/generative/conditioning/level.ts';
import { requestedOf } from '../../core/generative/conditioning/level.ts';
import type { Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { missFigure } from '../../plots/miss.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { modelOf } from '../../shell/parts/system.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { type Conditioned, missesOf } from './use-conditioned.ts';

/** The axis reaches this share of the range of the cv at least. */
const LEAST = 0.01;
const words = text.condition.deviation;

interface PanelProps {
  readonly experiment: Experiment;
  readonly conditioned: Conditioned;
}

export function MissPanel({ experiment, conditioned: { at, generated } }: PanelProps) {
  const points = generated?.points ?? null;
  const asked = requestedOf(experiment, modelOf(experiment), at);
  const misses = useMisses(experiment, points, at);
  return (
    <>
      {asked.map((one, k) => (
        <Miss key={one.cv.id} asked={one} misses={misses?.[k]?.misses ?? null} />
      ))}
    </>
  );
}

function useMisses(experiment: Experiment, points: Points | null, at: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: states come anew whenever what was asked for changes
  return useMemo(
    () => (points && points.values.length > 0 ? missesOf(experiment, points, at) : null),
    [points, at],
  );
}

function Miss({ asked: { cv }, misses }: { asked: Asked; misses: Float64Array | null }) {
  const palette = usePalette();
  const { label, range } = cv;
  const rms = misses ? Math.sqrt(misses.reduce((sum, v) => sum + v * v, 0) / misses.length) : 0;
  const mean = misses ? misses.reduce((sum, v) => sum + Math.abs(v), 0) / misses.length : 0;
  const least = LEAST * (range[1] - range[0]);
  const figure = useMemo(
    () => missFigure(misses, { cv: label, rms, least }, palette),
    [misses, label, rms, least, palette],
  );
  return (
    <FigureFrame
      className="small"
      title={words.title(label)}
      numbers={misses ? words.numbers(mean, rms) : undefined}
      figure={figure}
      summary={misses ? words.summary(label, mean, rms) : words.empty}
    />
  );
}
