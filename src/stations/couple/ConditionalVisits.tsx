/** The conditional distribution at one value of the slow variable, as every arm has sampled it, beside the exact one. */
import { useMemo } from 'react';
import { type ArmId, armsOf } from '../../core/coupling/arms.ts';
import { conditionalErrorOf } from '../../core/coupling/score.ts';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { ConditionalDistribution } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { armLawsFigure } from '../../plots/conditional-visits.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { MarkSwatch } from '../../shell/parts/MarkSwatch.tsx';
import { cvOfExperiment, energyKey, rangeOfRest } from '../../shell/parts/system.ts';
import { placeOf } from '../../shell/runs/coupling-places.ts';
import { useReference } from '../../shell/runs/reference.ts';
import { usePalette } from '../../shell/theme.ts';
import { counted, fixed, short } from '../../text/format.ts';
import { looks } from './looks.ts';
import type { ScoredArm } from './use-arms.ts';

/** Values of the slow variable are told apart if they differ by more. */
const SAME = 1e-6;

interface LawsProps {
  readonly experiment: Experiment;
  readonly scored: readonly ScoredArm[];
  readonly shown: ArmId;
}

export function ConditionalVisits({ experiment, scored, shown }: LawsProps) {
  const palette = usePalette();
  const { label: cv } = cvOfExperiment(experiment);
  const at = placeOf(experiment);
  const distribution = useReference(
    (client) => client.conditional(experiment, at),
    `${energyKey(experiment)} ${experiment.kT} ${experiment.cv} ${at}`,
  );
  const sampled = useMemo(() => lawsOf(scored, shown, at, distribution), [scored, shown, at, distribution]);
  const drawn = useMemo(() => {
    const ticked = armsOf(experiment.arms);
    return sampled.filter(({ arm, present }) => present || ticked.includes(arm));
  }, [sampled, experiment.arms]);
  const figure = useMemo(
    () =>
      distribution &&
      armLawsFigure(
        distribution,
        drawn,
        { cv: `${cv} = ${short(at)}`, range: rangeOfRest(experiment, distribution) },
        palette,
      ),
    [distribution, drawn, cv, at, experiment, palette],
  );
  const rest = distribution ? inSymbols(distribution.coordinate) : 'the rest';
  return (
    <section aria-label="Conditional distributions">
      <FigureFrame
        className="medium"
        title={`Distribution of ${rest} given ${cv} = ${short(at)}`}
        legend={[
          { label: 'exact', kind: 'exact' },
          { label: looks[shown].name, kind: looks[shown].family, mark: 'area' },
        ]}
        figure={figure}
        summary={`Density of ${rest} given ${cv} = ${short(at)}: exact, and as ${sampled.length} arms have sampled it.`}
      />
      <Distances sampled={sampled} shown={shown} title={`${rest} given ${cv} = ${short(at)}`} />
      <p className="remark">{`Drag the line in the landscape to another ${cv}.`}</p>
    </section>
  );
}

interface DistancesProps {
  readonly sampled: ReturnType<typeof lawsOf>;
  readonly shown: ArmId;
  /** What the distribution is of. */
  readonly title: string;
}

function Distances({ sampled, shown, title }: DistancesProps) {
  if (sampled.length === 0) return null;
  return (
    <table className="run-list conditional-visits">
      <caption className="visually-hidden">{`Distances from the exact distribution of ${title}`}</caption>
      <thead>
        <tr>
          <th scope="col">arm</th>
          <th scope="col">visits</th>
          <th scope="col" title="Wasserstein-1 distance from the exact distribution">
            W₁
          </th>
          <th scope="col" title="Total variation distance from the exact distribution, in 40 cells">
            TV
          </th>
        </tr>
      </thead>
      <tbody>
        {sampled.map(({ arm, family, mark, error }) => (
          <tr key={arm} className={family} data-shown={arm === shown}>
            <th scope="row">
              <MarkSwatch family={family} mark={mark} />
              {looks[arm].name}
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
  scored: readonly ScoredArm[],
  shown: ArmId,
  at: number,
  distribution: ConditionalDistribution | null,
) {
  return scored.flatMap(({ arm, frame }) => {
    const visits = frame?.conditional.find((one) => Math.abs(one.at - at) < SAME);
    if (!visits) return [];
    const { family, mark } = looks[arm];
    const error =
      distribution && Math.abs(distribution.at - at) < SAME ? conditionalErrorOf(visits, distribution) : null;
    return [{ arm, family, mark, counts: visits.counts, range: visits.range, present: arm === shown, error }];
  });
}
