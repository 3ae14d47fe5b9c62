/** First passages from start to target as they come, beside the exact distribution and that of Kramers. */

import { useMemo } from 'react';
import {
  type Durations,
  exponentialCheck,
  exponentialMean,
  restrictedMean,
  survivalCurve,
} from '../../core/estimators/first-passage.ts';
import type { Rates } from '../../core/exact/answers.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { Passages } from '../../core/sampling/frames.ts';
import { passageFigure } from '../../plots/first-passage.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { type NumberShown, Numbers } from '../../shell/parts/Numbers.tsx';
import { REFRESH } from '../../shell/refresh.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { usePalette } from '../../shell/theme.ts';
import { short, uncertain } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import type { RatesShown } from './use-rates.ts';

const words = text.explore.passage;

export function PassagePanel({ experiment, shown }: { experiment: Experiment; shown: RatesShown }) {
  const frame = useSampled(simulation.frame, REFRESH.passages);
  if (!frame) return null;
  if (!frame.passages)
    return (
      <section>
        <h3 className="panel-title">{words.title}</h3>
        <p className="remark">{words.noTarget}</p>
      </section>
    );
  return <Panel experiment={experiment} shown={shown} passages={frame.passages} />;
}

interface PanelProps {
  readonly experiment: Experiment;
  readonly shown: RatesShown;
  readonly passages: Passages;
}

function Panel({ experiment, shown, passages }: PanelProps) {
  const palette = usePalette();
  const { walkers, time: horizon } = experiment;
  const { rates } = shown;
  const { arrivals, waiting, transitions } = passages;
  const measured = useMemo(() => measure({ ended: arrivals, censored: waiting }), [arrivals, waiting]);
  const [exact, kramers] = [rates?.meanFirstPassageTime ?? null, rates?.kramers ?? null];
  const figure = useMemo(
    () => passageFigure({ arrivals, walkers, horizon, measured: measured.mean, exact, kramers }, palette),
    [arrivals, walkers, horizon, measured.mean, exact, kramers, palette],
  );
  const share = words.arrived(arrivals.length, walkers);
  const entries = numbersOf(measured, shown);
  return (
    <>
      <FigureFrame
        className="medium"
        title={words.title}
        numbers={share}
        legend={legendOf(rates)}
        figure={figure}
        summary={words.summary(share, entries)}
      />
      <Numbers entries={entries} />
      <Remarks shown={shown} transitions={transitions} />
    </>
  );
}

function legendOf(rates: Rates | null): LegendEntry[] {
  return [
    ...(rates?.meanFirstPassageTime ? [{ label: words.exact, kind: 'exact' } as const] : []),
    { label: words.arrivals, kind: 'simulation', mark: 'area' },
    ...(rates?.kramers ? [{ label: words.kramers, kind: 'asymptotic' } as const] : []),
  ];
}

interface Measured {
  readonly mean: number | null;
  /** Null where none can be stated. */
  readonly stderr: number | null;
  readonly moreThan: number | null;
  readonly exponential: boolean;
}

/**
 * Walkers on the way are made use of by supposing memoryless arrivals, unless the arrivals speak against it. With
 * nobody on the way nothing has to be supposed.
 */
function measure(durations: Durations): Measured {
  const { ended, censored } = durations;
  if (ended.length > 1 && censored.length === 0) {
    const { mean, stderr } = restrictedMean(survivalCurve(durations));
    return { mean, stderr, moreThan: null, exponential: true };
  }
  const { mean, stderr, moreThan } = exponentialMean(durations);
  const exponential = exponentialCheck(durations)?.exponential ?? true;
  return { mean, stderr: exponential ? stderr : null, moreThan, exponential };
}

function numbersOf({ mean, stderr, moreThan, exponential }: Measured, shown: RatesShown): NumberShown[] {
  const { rates, solving } = shown;
  const time = (value: number | null | undefined) => {
    if (solving) return '…';
    return value == null ? '–' : `${short(value)} τ`;
  };
  return [
    mean === null
      ? {
          label: words.measured,
          value: `> ${short(moreThan ?? 0, 2)} τ`,
          note: words.lowerBound,
          kind: 'simulation',
        }
      : {
          label: words.measured,
          value: `${stderr === null ? short(mean, 2) : uncertain(mean, stderr)} τ`,
          note: exponential ? undefined : words.notExponential,
          kind: 'simulation',
        },
    { label: words.exact, value: time(rates?.meanFirstPassageTime), kind: 'exact' },
    { label: words.kramers, value: time(rates?.kramers), note: words.kramersHolds },
  ];
}

function Remarks({ shown, transitions }: { shown: RatesShown; transitions: number }) {
  const disturbed = useSignal(simulation.disturbed);
  const rates = shown.solving ? words.solving : shown.reason && `${shown.reason} `;
  return (
    <>
      <p className="remark">
        <span role="status">{rates}</span>
        {words.transitions(transitions)}
      </p>
      {disturbed && (
        <div className="stale">
          <p>{words.mixed(disturbed.cause)}</p>
          <button type="button" className="button" onClick={() => simulation.restart()}>
            {words.restart}
          </button>
        </div>
      )}
    </>
  );
}
