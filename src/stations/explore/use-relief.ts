/** The landscape in relief with the walkers on it. */

import { useMemo } from 'react';
import type { Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { SystemModel } from '../../core/systems/model.ts';
import { extent, type Figure } from '../../plots/figure.ts';
import { type Afloat, reliefOf, surfaceFigure } from '../../plots/surface.ts';
import type { Scene } from '../../shell/figure/scene.ts';
import { highestPass, modelOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { usePalette } from '../../shell/theme.ts';

const MOST_WALKERS = 300;

/** Null unless it is wanted and there is a landscape. */
export function useRelief(experiment: Experiment, { kind, grid }: Scene, wanted: boolean): Figure | null {
  const palette = usePalette();
  const frame = useSampled(simulation.frame, REFRESH.relief);
  const model = modelOf(experiment);
  const pass = highestPass(experiment);
  const { kT } = experiment;
  const shown = wanted && kind === 'contours' ? grid : null;
  const options = useMemo(() => ({ kT, pass, names: model.system.coordinates }), [model, pass, kT]);
  const relief = useMemo(() => shown && reliefOf(shown, options, palette), [shown, options, palette]);
  const walkers = shown && frame?.walkers.dimension === 2 ? frame.walkers : null;
  const dots = useMemo(
    () => shown && walkers && afloat(model, walkers, extent(shown.values)[0], kT),
    [model, shown, walkers, kT],
  );
  return useMemo(
    () => relief && surfaceFigure(relief, dots, options, palette),
    [relief, dots, options, palette],
  );
}

function afloat(model: SystemModel, { values }: Points, lowest: number, kT: number): Afloat {
  const count = Math.min(MOST_WALKERS, values.length / 2);
  const q = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    q[k] = values[2 * k];
    q[count + k] = values[2 * k + 1];
  }
  const energies = new Float64Array(count);
  model.energy(q, count, energies);
  return {
    x: Array.from(q.subarray(0, count)),
    y: Array.from(q.subarray(count)),
    z: Array.from(energies, (energy) => (energy - lowest) / kT),
  };
}

let webgl: boolean | undefined;

/** Whether the browser can draw a relief at all. */
export function hasWebgl(): boolean {
  webgl ??= document.createElement('canvas').getContext('webgl') !== null;
  return webgl;
}
