/** The main figure: data turn to noise and noise to samples, over the exact noised density. */

import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { ratioAtPlace, shrinkage, windowFor } from '../../core/generative/noising.ts';
import type { Standardisation } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { NOISING_MARGINS, noisingFigure } from '../../plots/noising.ts';
import { DotsOverlay } from '../../shell/figure/DotsOverlay.tsx';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { settingsFor } from '../../shell/parts/derived.ts';
import { hasExactDensity, systemOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { usePalette, wantsStillness } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { NoiseControls } from './NoiseControls.tsx';
import { noisePlayer } from './noise-player.ts';
import type { Noise } from './use-noise.ts';
import { useRatio } from './use-noise.ts';
import { useParticles, useSamplePath, useTrainingStates } from './use-particles.ts';

const NODES = 61;
/** The density is known so far beyond the picture, as a factor: the picture may grow before the next one is there. */
const AHEAD = 1.5;
/** Least noise at which the density is computed: below it nothing changes to the eye. */
const LEAST = 0.05;
const words = text.learn.noise;

interface StageProps {
  readonly experiment: Experiment;
  readonly noise: Noise;
  readonly scale: Standardisation | null;
}

export function NoiseStage({ experiment, noise, scale }: StageProps) {
  const palette = usePalette();
  const { coordinates } = systemOf(experiment);
  const direction = useSignal(noisePlayer.direction);
  const ratio = useRatio(noise, REFRESH.noisedDensity);
  const window = useWindow(experiment, noise, scale);
  const density = useNoisedDensity(experiment, noise, scale, window);
  const data = useTrainingStates(experiment);
  const way = useSamplePath(experiment, scale);
  const { forward, reverse } = useParticles(experiment, noise, { data, way, scale });
  const figure = useMemo(
    () => noisingFigure(density, { names: coordinates, window }, palette),
    [density, coordinates, window, palette],
  );
  const wanted = experiment.sigma === settingsFor(experiment).sigma.default;
  useAutoplay(data !== null && scale !== null, wanted, way !== null);
  const exact = experiment.denoiser === 'exact';
  const color = direction === 'forward' ? palette.simulation : exact ? palette.ink : palette.model;
  return (
    <>
      <FigureFrame
        className="noise-stage"
        title={direction === 'forward' ? words.forwardTitle : words.reverseTitle}
        legend={legendOf(direction === 'forward', exact, hasExactDensity(experiment))}
        figure={figure}
        summary={direction === 'forward' ? words.forwardSummary(ratio) : words.reverseSummary(ratio)}
      >
        <DotsOverlay
          source={direction === 'forward' ? forward : reverse}
          margins={NOISING_MARGINS}
          domain={window}
          color={color}
          ring={palette.paper}
        />
      </FigureFrame>
      <NoiseControls experiment={experiment} noise={noise} scale={scale} generates={way !== null} />
    </>
  );
}

function legendOf(forward: boolean, exact: boolean, dense: boolean): LegendEntry[] {
  const dots: LegendEntry = forward
    ? { label: words.noisyData, kind: 'simulation', mark: 'dot' }
    : exact
      ? { label: words.exactSamples, kind: 'exact', mark: 'dot' }
      : { label: words.networkSamples, kind: 'model', mark: 'dot' };
  return dense ? [dots, { label: words.density, kind: 'density', mark: 'area' }] : [dots];
}

/** Ranges of the picture at the noise of the slider; the same array until they change, which is seldom. */
function useWindow(experiment: Experiment, noise: Noise, scale: Standardisation | null) {
  const { domain } = systemOf(experiment);
  const keyNow = useCallback(() => {
    const ratio = ratioAtPlace(noise.scale, noisePlayer.place.get());
    const alpha = shrinkage(noise.path, ratio);
    return JSON.stringify(scale ? windowFor(domain, scale, { ratio, alpha }) : domain);
  }, [domain, noise, scale]);
  const key = useSyncExternalStore(noisePlayer.place.subscribe, keyNow);
  return useMemo(() => JSON.parse(key) as (readonly [number, number])[], [key]);
}

function useNoisedDensity(
  experiment: Experiment,
  noise: Noise,
  scale: Standardisation | null,
  window: readonly (readonly [number, number])[],
) {
  const ratio = Number(Math.max(LEAST, useRatio(noise, REFRESH.noisedDensity)).toPrecision(3));
  const alpha = shrinkage(noise.path, ratio);
  const asked = scale && hasExactDensity(experiment) ? scale : null;
  const wide = window.map(([low, high]) => {
    const [centre, half] = [(low + high) / 2, (AHEAD * (high - low)) / 2];
    return [centre - half, centre + half] as const;
  });
  return useReference(asked && reference.noisedDensity(experiment, { ratio, alpha }, asked, wide, NODES));
}

/** What moves by itself, once: data to noise, and then noise to samples. */
let autoplay: 'due' | 'forward' | 'over' = 'due';

/** @param wanted the link does not ask for a noise of its own  @param generates there are samples on their way to be seen */
function useAutoplay(ready: boolean, wanted: boolean, generates: boolean): void {
  const playing = useSignal(noisePlayer.playing);
  useEffect(() => {
    if (!ready || playing || autoplay === 'over') return;
    if (wantsStillness() || !wanted) autoplay = 'over';
    else if (autoplay === 'due') {
      autoplay = 'forward';
      noisePlayer.scrub(0);
      noisePlayer.turn('forward');
      noisePlayer.play();
    } else {
      // Stopped by a hand, or arrived.
      autoplay = 'over';
      if (noisePlayer.place.get() < 1 || !generates) return;
      noisePlayer.turn('reverse');
      noisePlayer.play();
    }
  }, [ready, wanted, playing, generates]);
  useEffect(() => () => noisePlayer.pause(), []);
}
