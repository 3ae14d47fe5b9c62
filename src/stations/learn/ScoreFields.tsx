/** The score at the noise of the slider: learned, exact and their difference, over the noised density. */

import { useEffect, useMemo, useState } from 'react';
import { type ScoreError, scoreError, scoreOf } from '../../core/exact/force-line.ts';
import type { Grid, Standardisation, VectorField } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { type ShownField, scoreFieldFigure } from '../../plots/score-field.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { keyOf } from '../../shell/parts/derived.ts';
import { systemOf } from '../../shell/parts/system.ts';
import { useModel } from '../../shell/parts/use-model.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { FIELD_POINTS } from '../../shell/runs/answers.ts';
import { learners } from '../../shell/runs/learning.ts';
import { answered, reference, useReference } from '../../shell/runs/reference.ts';
import { usePalette } from '../../shell/theme.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { type Noise, useFieldRatio } from './use-noise.ts';

const client = learners.learn;
const words = text.learn.score;

interface FieldsProps {
  readonly experiment: Experiment;
  readonly noise: Noise;
  readonly scale: Standardisation | null;
}

const SWITCH: readonly { readonly id: ShownField; readonly label: string }[] = [
  { id: 'both', label: words.both },
  { id: 'learned', label: words.learned },
  { id: 'exact', label: words.exact },
  { id: 'difference', label: words.difference },
];

export function ScoreFields({ experiment, noise, scale }: FieldsProps) {
  const palette = usePalette();
  const [shown, show] = useState<ShownField>('both');
  const { coordinates, domain } = systemOf(experiment);
  const sigma = useFieldRatio(noise, REFRESH.scoreFields);
  useEffect(() => client.wish({ sigma }), [sigma]);
  const { field: learned } = useModel(client, experiment, REFRESH.scoreFields);
  const key = `${keyOf(experiment, 'density')} ${JSON.stringify(scale)}`;
  const answer = useReference(
    scale &&
      answered(reference.denoisingField(experiment, sigma, scale, FIELD_POINTS), (field) => ({
        key,
        sigma,
        field,
      })),
  );
  // The answer before stays until the next one comes, so that a moving slider leaves something to see.
  const exact = answer?.key === key ? answer.field : null;
  const drawn = exact && answer ? answer.sigma : sigma;
  const same = learned && learned.sigma === drawn ? learned : null;
  const empty = scale ? words.computing : words.preparing;
  const figure = useMemo(
    () => scoreFieldFigure(exact, same, { names: coordinates, domain, shown, empty }, palette),
    [exact, same, coordinates, domain, shown, empty, palette],
  );
  const error = useMemo(
    () => (exact && same && scale ? fieldError(same, exact, drawn, scale) : null),
    [exact, same, drawn, scale],
  );
  const share = error ? `${fixed((100 * error.error) / error.size, 1)} %` : null;
  return (
    <section aria-label={words.label}>
      <FigureFrame
        className="square"
        title={words.title(drawn)}
        numbers={share ? words.error(share) : undefined}
        legend={legendOf(shown)}
        figure={figure}
        summary={summaryOf(shown, drawn, share)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would look like one */}
      <div className="field-switch" role="group" aria-label={words.arrows}>
        {SWITCH.map(({ id, label }) => (
          <button
            type="button"
            className="chip"
            key={id}
            aria-pressed={shown === id}
            onClick={() => show(id)}
          >
            {label}
          </button>
        ))}
      </div>
      <p className="remark field-error">{error ? words.size(error.error, error.size) : words.remark}</p>
    </section>
  );
}

/** Over the nodes of the grid, weighted by the noised density. */
function fieldError(
  learned: VectorField,
  exact: VectorField & { readonly density: Grid },
  sigma: number,
  { deviation }: Standardisation,
): ScoreError {
  const [score, right] = [learned, exact].map(({ vectors }) => scoreOf(vectors, sigma, deviation));
  return scoreError(score, right, deviation, exact.density.values);
}

function legendOf(shown: ShownField): LegendEntry[] {
  const entries: LegendEntry[] = [{ label: words.density, kind: 'density', mark: 'area' }];
  if (shown === 'both' || shown === 'learned') entries.unshift({ label: words.learnedLegend, kind: 'model' });
  if (shown === 'both' || shown === 'exact') entries.unshift({ label: words.exactLegend, kind: 'exact' });
  if (shown === 'difference') entries.unshift({ label: words.differenceLegend, kind: 'wrong' });
  return entries;
}

function summaryOf(shown: ShownField, sigma: number, share: string | null): string {
  const arrows = words.summary(sigma);
  if (!share) return words.summaryExact(arrows);
  return words.summaryError(arrows, words.which[shown], share);
}
