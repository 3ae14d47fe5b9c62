/** What the weights of a finished run tell of other variables: F along a second one, and the mean of an observable. */
import { useMemo } from 'react';
import { comparable, freeEnergyError } from '../../core/metrics/free-energy-error.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasFrame, ReweightedFreeEnergy } from '../../core/sampling/frames.ts';
import { cvOf } from '../../core/systems/resolved.ts';
import { biasedFreeEnergyFigure } from '../../plots/biased-free-energy.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { Numbers } from '../../shell/parts/Numbers.tsx';
import { hasExactDensity, systemOf } from '../../shell/parts/system.ts';
import { runKind } from '../../shell/runs/kept-runs.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { usePalette } from '../../shell/theme.ts';
import { short, uncertain } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { useExact } from './use-comparison.ts';

const words = text.bias.reweighted;

interface ReweightedProps {
  readonly experiment: Experiment;
  readonly frame: BiasFrame | null;
}

export function Reweighted({ experiment, frame }: ReweightedProps) {
  const { reweight, observable } = experiment;
  const estimate = frame?.done && frame.reweighted?.variable === reweight ? frame.reweighted : null;
  return (
    <>
      {reweight !== 'none' && <SecondVariable experiment={experiment} estimate={estimate} />}
      {observable !== '' && <Observable experiment={experiment} frame={frame} />}
    </>
  );
}

interface SecondProps {
  readonly experiment: Experiment;
  readonly estimate: ReweightedFreeEnergy | null;
}

function SecondVariable({ experiment, estimate }: SecondProps) {
  const palette = usePalette();
  const { reweight, method } = experiment;
  const { label: cv, range } = cvOf(systemOf(experiment), reweight);
  const found = useExact({ ...experiment, cv: reweight });
  const exact = useMemo(() => found && comparable(found, 'bin'), [found]);
  const family = runKind(method);
  const figure = useMemo(() => {
    const runs = estimate ? [{ family, mark: 0, freeEnergy: estimate, present: true }] : [];
    const empty = estimate ? null : words.empty;
    return biasedFreeEnergyFigure(
      { exact, runs, bias: null },
      { cv, shown: range, range, quantity: text.parts.freeEnergyInKt(cv), empty },
      palette,
    );
  }, [exact, estimate, family, cv, range, palette]);
  const error = exact && estimate && freeEnergyError(estimate, exact);
  return (
    <FigureFrame
      className="tall"
      title={words.title(cv)}
      numbers={text.parts.error(error)}
      legend={[
        ...(exact ? [{ label: words.exact, kind: 'exact' as const }] : []),
        { label: words.samples, kind: family, mark: 'dot' },
      ]}
      figure={figure}
      summary={words.summary(cv, error?.rmse ?? null)}
    />
  );
}

function Observable({ experiment, frame }: ReweightedProps) {
  const { observable, method } = experiment;
  const known = hasExactDensity(experiment);
  const exact = useReference(known ? reference.mean(experiment, observable) : null);
  const mean = frame?.done && frame.observable?.expression === observable ? frame.observable : null;
  return (
    <Numbers
      entries={[
        {
          label: words.average(observable),
          value: mean ? uncertain(mean.value, mean.stderr) : '–',
          note: mean ? undefined : words.later,
          kind: runKind(method),
        },
        { label: words.exact, value: exact === null ? '–' : short(exact), kind: 'exact' },
      ]}
    />
  );
}
