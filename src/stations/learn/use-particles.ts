/** Particles at the noise of the slider: data with noise that stays, or samples on their way. */

import { useEffect, useMemo, useState } from 'react';
import { families } from '../../catalog.ts';
import { fixedNoise, inUnits, noised, ratioAtPlace, shrinkage } from '../../core/generative/noising.ts';
import { type SamplePath, statesAt } from '../../core/generative/sample-path.ts';
import type { Points, Standardisation } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { DotSource } from '../../shell/figure/DotsOverlay.tsx';
import { keyOf } from '../../shell/parts/derived.ts';
import { learners } from '../../shell/runs/learning.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { Signal, useSignal } from '../../shell/runs/signal.ts';
import { noisePlayer } from './noise-player.ts';
import { useModelAnswer } from './use-model-answer.ts';
import type { Noise } from './use-noise.ts';

const client = learners.learn;

/** Dots that a screen can draw at every frame, and an eye can follow. */
const PARTICLES = 800;
/** Frames of a path that are kept: more are not told apart. */
const MOST_FRAMES = 120;
/** Training states shown when there is no model to ask for its own. */
const SHOWN = 3000;
/** While training goes on a way is renewed after this time, ms. */
const RENEWED = 5000;

/** The states of the model at hand, or what exact data would look like. */
export function useTrainingStates(experiment: Experiment): Points | null {
  const info = useSignal(client.info);
  useSignal(client.trainedOn);
  const exact = families.datasets[experiment.data].isEquilibrium;
  const drawn = useReference(exact ? reference.sample(experiment, SHOWN, null) : null);
  if (info && client.fits(experiment)) return info.data;
  return exact ? drawn : null;
}

/** The way of samples by the generator and the denoiser of the experiment; null without a model, unless the denoiser is exact. */
export function useSamplePath(experiment: Experiment, scale: Standardisation | null): SamplePath | null {
  const exact = experiment.denoiser === 'exact';
  const byReference = useReference(
    exact && scale ? reference.samplePath(experiment, scale, PARTICLES, MOST_FRAMES) : null,
  );
  const byNetwork = useModelAnswer(
    experiment,
    exact ? null : (api) => api.samplePath(experiment, PARTICLES, MOST_FRAMES),
    keyOf(experiment, 'generated'),
    RENEWED,
  );
  return exact ? byReference : byNetwork;
}

export interface Particles {
  readonly forward: DotSource;
  readonly reverse: DotSource;
}

interface Given {
  readonly data: Points | null;
  readonly way: SamplePath | null;
  readonly scale: Standardisation | null;
}

export function useParticles(experiment: Experiment, noise: Noise, given: Given): Particles {
  const { data, way, scale } = given;
  const { seed } = experiment;
  const forward = useMemo(() => {
    if (!data || !scale) return null;
    const clean = thinned(data, PARTICLES);
    const normals = fixedNoise(seed, clean.values.length / clean.dimension, clean.dimension);
    return (ratio: number) =>
      inUnits(noised(clean, normals, ratio, scale), shrinkage(noise.path, ratio), scale);
  }, [data, scale, seed, noise]);
  const reverse = useMemo(
    () =>
      way && scale
        ? (ratio: number) => inUnits(statesAt(way, ratio), shrinkage(noise.path, ratio), scale)
        : null,
    [way, scale, noise],
  );
  return { forward: useSource(forward, noise), reverse: useSource(reverse, noise) };
}

type Picture = ((ratio: number) => Points) | null;

/** Follows the slider; computed when it is drawn, and once for each place. */
function useSource(picture: Picture, noise: Noise): DotSource {
  // A source must not change with its picture, or the canvas would be made anew.
  const [pictures] = useState(() => new Signal<{ picture: Picture; noise: Noise }>({ picture, noise }));
  useEffect(() => pictures.set({ picture, noise }), [pictures, picture, noise]);
  return useMemo(() => {
    let last: { place: number; by: Picture; points: Points | null } | undefined;
    return {
      get: () => {
        const place = noisePlayer.place.get();
        const { picture: by, noise: levels } = pictures.get();
        if (last?.place !== place || last.by !== by)
          last = { place, by, points: by?.(ratioAtPlace(levels.scale, place)) ?? null };
        return last.points;
      },
      subscribe: (listener) => {
        const ends = [noisePlayer.place.subscribe(listener), pictures.subscribe(listener)];
        return () => {
          for (const end of ends) end();
        };
      },
    };
  }, [pictures]);
}

/** Evenly taken: states of a simulation come in the order of their walkers. */
function thinned({ dimension, values }: Points, most: number): Points {
  const rows = values.length / dimension;
  const count = Math.min(most, rows);
  const kept = new Float32Array(count * dimension);
  for (let n = 0; n < count; n++) {
    const row = Math.floor((n * rows) / count);
    kept.set(values.subarray(row * dimension, (row + 1) * dimension), n * dimension);
  }
  return { dimension, values: kept };
}
