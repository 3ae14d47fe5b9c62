/** The score at small noise is the force over kT, if the model is right where noise is small: good samples do not say so. */

import { useMemo, useState } from 'react';
import {
  componentAlong,
  directionOf,
  forceOverKT,
  lineThroughWells,
  scoreError,
  scoreOf,
  statesOn,
} from '../../core/exact/force-line.ts';
import type { Standardisation } from '../../core/numerics/results.ts';
import { linspace } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { type ForceAlong, forceAlongFigure } from '../../plots/force-along.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { keyOf } from '../../shell/parts/derived.ts';
import { modelOf, systemOf } from '../../shell/parts/system.ts';
import { allOf, reference, useReference } from '../../shell/runs/reference.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { useModelAnswer } from './use-model-answer.ts';

const NODES = 161;
const words = text.learn.force;
/** Exact states over which errors are averaged. */
const STATES = 2000;
const SIGMAS = [0.02, 0.05, 0.1, 0.2] as const;
type Sigma = (typeof SIGMAS)[number];
/** While training goes on, ms. */
const RENEWED = 2900;
/** From this relative error on the force is called wrong. */
const WRONG = 0.2;

interface PanelProps {
  readonly experiment: Experiment;
  readonly scale: Standardisation | null;
}

export function ForcePanel({ experiment, scale }: PanelProps) {
  const palette = usePalette();
  const [sigma, choose] = useState<Sigma>(0.05);
  const along = useAlong(experiment, scale, sigma);
  const errors = useErrors(experiment, scale);
  const { coordinates } = systemOf(experiment);
  const figure = useMemo(
    () =>
      forceAlongFigure(
        along,
        {
          distance: words.distance(coordinates),
          quantity: words.quantity,
        },
        palette,
      ),
    [along, coordinates, palette],
  );
  const mine = errors.find((row) => row.sigma === sigma)?.learned ?? null;
  return (
    <section aria-label={words.label}>
      <FigureFrame
        className="medium"
        title={words.title}
        numbers={mine === null ? undefined : words.error(mine)}
        legend={[
          { label: words.force, kind: 'exact' },
          { label: words.exact, kind: 'asymptotic' },
          { label: words.learned, kind: 'model' },
          { label: words.density, kind: 'density', mark: 'area' },
        ]}
        figure={figure}
        summary={mine === null ? words.summary : words.summaryLearned(sigma, mine)}
      />
      <ErrorTable errors={errors} sigma={sigma} choose={choose} />
      <p className="remark field-error">{verdict(errors)}</p>
    </section>
  );
}

/** All curves of the figure that are known. */
function useAlong(experiment: Experiment, scale: Standardisation | null, sigma: Sigma): ForceAlong | null {
  const { kT } = experiment;
  const model = modelOf(experiment);
  const line = useMemo(() => {
    const ends = lineThroughWells(model.system);
    const points = statesOn(ends, NODES);
    const direction = directionOf(ends);
    const length = Math.hypot(...ends.from.map((value, d) => ends.to[d] - value));
    const force = componentAlong(forceOverKT(model, kT, points), direction);
    const energies = Array.from({ length: NODES }, (_, n) =>
      model.energyAt([...points.values.subarray(n * points.dimension, (n + 1) * points.dimension)]),
    );
    const lowest = Math.min(...energies);
    const density = Float64Array.from(energies, (energy) => Math.exp((lowest - energy) / kT));
    return { points, direction, force, density, distance: linspace(0, length, NODES) };
  }, [model, kT]);
  const name = `line ${NODES}`;
  const smoothed = useReference(
    scale && reference.displacements(experiment, { name, points: line.points }, sigma, scale),
  );
  const learned = useModelAnswer(
    experiment,
    (api) => api.displacements(line.points, sigma),
    `${keyOf(experiment, 'density')} ${sigma}`,
    RENEWED,
  );
  return useMemo(() => {
    const score = (displacement: typeof learned) =>
      displacement && scale
        ? componentAlong(scoreOf(displacement, sigma, scale.deviation), line.direction)
        : null;
    return { ...line, smoothed: score(smoothed), learned: score(learned) };
  }, [line, smoothed, learned, scale, sigma]);
}

/** Relative errors against the force over the density, each null before it is known. */
interface ErrorRow {
  readonly sigma: Sigma;
  /** Of the exact score of noised states: what noise alone does. */
  readonly smoothed: number | null;
  readonly learned: number | null;
}

function useErrors(experiment: Experiment, scale: Standardisation | null): readonly ErrorRow[] {
  const { kT } = experiment;
  const key = keyOf(experiment, 'samples');
  const model = modelOf(experiment);
  const states = useReference(reference.sample(experiment, STATES, null));
  const exact = useReference(
    scale && states
      ? allOf(
          SIGMAS.map((sigma) =>
            reference.displacements(experiment, { name: 'sample', points: states }, sigma, scale),
          ),
        )
      : null,
  );
  const learned = useModelAnswer(
    experiment,
    states && (async (api) => Promise.all(SIGMAS.map((sigma) => api.displacements(states, sigma)))),
    key,
    RENEWED,
  );
  return useMemo(() => {
    const force = states && forceOverKT(model, kT, states);
    return SIGMAS.map((sigma, i) => {
      const relative = (displacement: typeof states | undefined) => {
        if (!displacement || !force || !scale) return null;
        const found = scoreError(scoreOf(displacement, sigma, scale.deviation), force, scale.deviation);
        return found.error / found.size;
      };
      return { sigma, smoothed: relative(exact?.[i]), learned: relative(learned?.[i]) };
    });
  }, [model, kT, states, exact, learned, scale]);
}

interface TableProps {
  readonly errors: readonly ErrorRow[];
  readonly sigma: Sigma;
  readonly choose: (sigma: Sigma) => void;
}

function ErrorTable({ errors, sigma, choose }: TableProps) {
  return (
    <table className="learn-table">
      <thead>
        <tr>
          <th scope="col">{words.sigma}</th>
          <th scope="col">{words.learnedError}</th>
          <th scope="col">{words.exactError}</th>
        </tr>
      </thead>
      <tbody>
        {errors.map((row) => (
          <tr key={row.sigma}>
            <th scope="row">
              <button
                type="button"
                className="chip"
                aria-pressed={row.sigma === sigma}
                aria-label={words.show(row.sigma)}
                onClick={() => choose(row.sigma)}
              >
                {row.sigma}
              </button>
            </th>
            <td className="model">{row.learned === null ? '–' : words.percent(row.learned)}</td>
            <td>{row.smoothed === null ? '–' : words.percent(row.smoothed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function verdict(errors: readonly ErrorRow[]): string {
  const learned = errors.flatMap((row) => (row.learned === null ? [] : [{ ...row, learned: row.learned }]));
  if (learned.length === 0) return words.untrained;
  const best = learned.reduce((a, b) => (b.learned < a.learned ? b : a));
  if (best.learned < WRONG) return words.good(best.learned, best.sigma);
  return words.wrong(best.learned);
}
