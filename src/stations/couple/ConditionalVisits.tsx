/** The conditional distribution at one value of the slow variable, as every method has sampled it, beside the exact one. */

import { useMemo } from 'react';
import { coupledMethodsOf } from '../../core/coupling/contract.ts';
import { conditionalErrorOf } from '../../core/coupling/score.ts';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { ConditionalDistribution } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { conditionalVisitsFigure } from '../../plots/conditional-visits.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { MarkSwatch } from '../../shell/parts/MarkSwatch.tsx';
import { cvOfExperiment, rangeOfRest } from '../../shell/parts/system.ts';
import { placeOf } from '../../shell/runs/coupling-places.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { usePalette } from '../../shell/theme.ts';
import { counted, fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';
import type { ScoredMethod } from './use-methods.ts';

/** Values of the slow variable are told apart if they differ by more. */
const SAME = 1e-6;
const words = text.couple.conditional;

interface LawsProps {
  readonly experiment: Experiment;
  readonly scored: readonly ScoredMethod[];
  readonly shown: string;
}

export function ConditionalVisits({ experiment, scored, shown }: LawsProps) {
  const palette = usePalette();
  const { label: cv } = cvOfExperiment(experiment);
  const at = placeOf(experiment);
  const distribution = useReference(reference.conditional(experiment, at));
  const sampled = useMemo(() => lawsOf(scored, shown, at, distribution), [scored, shown, at, distribution]);
  const drawn = useMemo(() => {
    const ticked = coupledMethodsOf(experiment.arms);
    return sampled.filter(({ method, present }) => present || ticked.includes(method));
  }, [sampled, experiment.arms]);
  const figure = useMemo(
    () =>
      distribution &&
      conditionalVisitsFigure(
        distribution,
        drawn,
        { cv: words.condition(cv, at), range: rangeOfRest(experiment, distribution) },
        palette,
      ),
    [distribution, drawn, cv, at, experiment, palette],
  );
  const rest = distribution ? inSymbols(distribution.coordinate) : words.rest;
  const given = words.given(rest, cv, at);
  return (
    <section aria-label={words.label}>
      <FigureFrame
        className="medium"
        title={words.title(given)}
        legend={[
          { label: words.exact, kind: 'exact' },
          { label: looks[shown].name, kind: looks[shown].family, mark: 'area' },
        ]}
        figure={figure}
        summary={words.summary(given, sampled.length)}
      />
      <Distances sampled={sampled} shown={shown} given={given} />
      <p className="remark">{words.drag(cv)}</p>
    </section>
  );
}

interface DistancesProps {
  readonly sampled: ReturnType<typeof lawsOf>;
  readonly shown: string;
  /** What the distribution is of. */
  readonly given: string;
}

function Distances({ sampled, shown, given }: DistancesProps) {
  if (sampled.length === 0) return null;
  return (
    <table className="run-list conditional-visits">
      <caption className="visually-hidden">{words.table(given)}</caption>
      <thead>
        <tr>
          <th scope="col">{words.method}</th>
          <th scope="col">{words.visits}</th>
          <th scope="col" title={words.w1Hint}>
            {words.w1}
          </th>
          <th scope="col" title={words.tvHint}>
            {words.tv}
          </th>
        </tr>
      </thead>
      <tbody>
        {sampled.map(({ method, family, mark, error }) => (
          <tr key={method} className={family} data-shown={method === shown}>
            <th scope="row">
              <MarkSwatch family={family} mark={mark} />
              {looks[method].name}
            </th>
            <td>{counted(error?.visits ?? 0)}</td>
            <td>{fixed(error?.w1 ?? Number.NaN, 3)}</td>
            <td>{fixed(error?.tv ?? Number.NaN, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function lawsOf(
  scored: readonly ScoredMethod[],
  shown: string,
  at: number,
  distribution: ConditionalDistribution | null,
) {
  return scored.flatMap(({ method, frame }) => {
    const visits = frame?.conditional.find((one) => Math.abs(one.at - at) < SAME);
    if (!visits) return [];
    const { family, mark } = looks[method];
    const error =
      distribution && Math.abs(distribution.at - at) < SAME ? conditionalErrorOf(visits, distribution) : null;
    return [
      { method, family, mark, counts: visits.counts, range: visits.range, present: method === shown, error },
    ];
  });
}
