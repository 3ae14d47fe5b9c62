/** The noise levels of an experiment, and the one that is looked at. */

import { useEffect, useMemo, useRef } from 'react';
import { families } from '../../catalog.ts';
import type { Path } from '../../core/generative/contract.ts';
import { pathOf } from '../../core/generative/diffusion.ts';
import { levelSettingsOf } from '../../core/generative/noise-levels.ts';
import { noiseScale, placeOfRatio, ratioAtPlace } from '../../core/generative/noising.ts';
import type { Points, Standardisation } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { keyOf } from '../../shell/parts/derived.ts';
import { learners } from '../../shell/runs/learning.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { useStore } from '../../shell/store.ts';
import { noisePlayer } from './noise-player.ts';

const client = learners.learn;

/** Exact states from which the scale of the data is guessed before there are any. */
const SCALE_STATES = 2000;

export interface Noise {
  readonly path: Path;
  /** Rising levels from none. */
  readonly scale: Float64Array;
  /** Text that changes when they do. */
  readonly key: string;
}

export function useNoise(experiment: Experiment): Noise {
  const key = keyOf(experiment, 'noise');
  // biome-ignore lint/correctness/useExhaustiveDependencies: all follows from the key
  return useMemo(() => {
    const path = pathOf(experiment, families);
    return { path, scale: noiseScale(levelSettingsOf(experiment), path), key };
  }, [key]);
}

/** The noise of the slider now, looked at every `milliseconds`. */
export function useRatio({ scale }: Noise, milliseconds: number): number {
  return ratioAtPlace(scale, useSampled(noisePlayer.place, milliseconds));
}

/** Noise that a link can say. */
const LEAST = 1e-3;
const MOST = 100;

/** The noise at which fields are drawn: that of the slider, and not none. */
export function useFieldRatio(noise: Noise, milliseconds: number): number {
  const ratio = useRatio(noise, milliseconds);
  return Number(Math.max(ratio, noise.scale[1], LEAST).toPrecision(3));
}

/** Settings that differ by less are the same place. */
const CLOSE = 0.02;
/** Rest of the hand after which the link is written, ms. */
const REST = 300;

/** Puts the slider where a link says; when the levels change it stays at its noise. */
export function useLinkedNoise({ sigma }: Experiment, noise: Noise): void {
  const before = useRef<{ readonly noise: Noise; readonly sigma: number } | null>(null);
  useEffect(() => {
    const old = before.current;
    before.current = { noise, sigma };
    const seen = ratioAtPlace((old?.noise ?? noise).scale, noisePlayer.place.get());
    const kept = old?.sigma === sigma || Math.abs(Math.max(seen, LEAST) - sigma) <= CLOSE * sigma;
    if (kept && old?.noise === noise) return;
    noisePlayer.scrub(placeOfRatio(noise.scale, kept && old ? seen : sigma));
  }, [sigma, noise]);
}

/** What a hand does to the slider: it goes there at once, and into the link when it rests. */
export function useScrub({ scale }: Noise): (place: number) => void {
  const change = useStore((store) => store.change);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (place) => {
    noisePlayer.scrub(place);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const ratio = ratioAtPlace(scale, noisePlayer.place.get());
      change('sigma', Number(Math.min(MOST, Math.max(LEAST, ratio)).toPrecision(3)));
    }, REST);
  };
}

/** The scale of the model's data, or about the scale that data will have: nothing jumps when a training begins. */
export function useScale(experiment: Experiment): Standardisation | null {
  const info = useSignal(client.info);
  useSignal(client.trainedOn);
  const sample = useReference(reference.sample(experiment, SCALE_STATES, null));
  const expected = useMemo(() => sample && standardisation(sample), [sample]);
  return (client.fits(experiment) && info?.scale) || expected;
}

function standardisation({ dimension, values }: Points): Standardisation {
  const count = values.length / dimension;
  const average = (of: (value: number) => number, d: number) => {
    let sum = 0;
    for (let i = d; i < values.length; i += dimension) sum += of(values[i]);
    return sum / count;
  };
  const axes = Array.from({ length: dimension }, (_, d) => d);
  const mean = axes.map((d) => average((value) => value, d));
  const deviation = axes.map((d) => Math.sqrt(average((value) => (value - mean[d]) ** 2, d)) || 1);
  return { mean, deviation };
}
