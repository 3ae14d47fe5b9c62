/** How long the slow variable remembers, and what that leaves of the samples. */

import { useMemo } from 'react';
import { statisticalInefficiency } from '../../core/estimators/autocorrelation.ts';
import type { Series } from '../../core/numerics/results.ts';
import { type NumberShown, Numbers } from '../../shell/parts/Numbers.tsx';
import { REFRESH } from '../../shell/refresh.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { fixed, short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import type { RatesShown } from './use-rates.ts';

const words = text.explore.statistics;
const FEWEST_FRAMES = 100;

export function Statistics({ shown }: { shown: RatesShown }) {
  const frame = useSampled(simulation.frame, REFRESH.statistics);
  const trace = frame?.trace ?? null;
  const memory = useMemo(() => trace && memoryOf(trace), [trace]);
  const times = shown.rates?.relaxationTimes ?? [];
  const entries: NumberShown[] = [
    {
      label: words.effectiveSamples,
      value: memory ? words.effectiveOf(memory.samples, memory.frames) : '–',
      note: words.effectiveNote,
      kind: 'simulation',
    },
    {
      label: words.correlationTime,
      value: memory ? `${short(memory.time, 2)} τ` : '–',
      note: words.correlationNote,
      kind: 'simulation',
    },
    times.length > 0
      ? {
          label: words.relaxation,
          value: `${short(times[0])} τ`,
          note:
            times.length > 1
              ? words.next(
                  times
                    .slice(1)
                    .map((time) => short(time, 2))
                    .join(', '),
                )
              : undefined,
          kind: 'exact',
        }
      : { label: words.relaxation, value: shown.solving ? '…' : '–' },
  ];
  if (frame?.acceptance != null)
    entries.push({
      label: words.acceptance,
      value: `${fixed(100 * frame.acceptance, 1)} %`,
      kind: 'simulation',
    });
  return <Numbers entries={entries} />;
}

/** Of a single series: it knows nothing of wells that the walker has not seen. */
function memoryOf({ x, y }: Series): { samples: number; frames: number; time: number } | null {
  if (y.length < FEWEST_FRAMES) return null;
  const inefficiency = statisticalInefficiency(y);
  if (!inefficiency) return null;
  const spacing = x[1] - x[0];
  return {
    samples: y.length / inefficiency.value,
    frames: y.length,
    time: (inefficiency.value * spacing) / 2,
  };
}
