import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { traceFigure } from '../../plots/trace.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, energyKey, wells, withinPeriod } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { usePalette } from '../../shell/theme.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';

const words = text.explore.trace;

/** The slow variable of the first walker against time. */
export function Trace({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, REFRESH.trace);
  const palette = usePalette();
  const { label: cv, range, periodic } = cvOfExperiment(experiment);
  const { time } = experiment;
  const series = frame?.trace ?? null;
  const key = energyKey(experiment);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wells follow from the system and the slow variable
  const figure = useMemo(
    () => traceFigure(series, { cv, range, periodic, time, levels: wells(experiment) }, palette),
    [series, key, cv, range, periodic, time, palette],
  );
  const last = series && series.y.length > 0 ? series.y[series.y.length - 1] : null;
  const now = last !== null && periodic ? withinPeriod(last, range) : last;
  return (
    <FigureFrame
      className="strip"
      title={words.title(cv)}
      numbers={now === null ? undefined : words.now(cv, fixed(now, 2))}
      figure={figure}
      summary={words.summary(cv, now === null ? null : fixed(now, 2))}
    />
  );
}
