/** Play, pause, direction, and the noise level by hand. */

import type { KeyboardEvent } from 'react';
import { inSymbols } from '../../core/expression/symbols.ts';
import { placeOfRatio, ratioAtPlace, shrinkage } from '../../core/generative/noising.ts';
import type { Standardisation } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { PauseIcon, PlayIcon } from '../../shell/parts/icons.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { text } from '../../text/index.ts';
import { type Direction, noisePlayer } from './noise-player.ts';
import { type Noise, useScrub } from './use-noise.ts';

const STEPS = 1000;
/** Part of the scale that PageUp and PageDown move. */
const PAGE = 0.1;
const words = text.learn.noise;

interface ControlsProps {
  readonly experiment: Experiment;
  readonly noise: Noise;
  readonly scale: Standardisation | null;
  /** There are samples on their way to be seen. */
  readonly generates: boolean;
}

const DIRECTIONS: readonly { readonly id: Direction; readonly label: string }[] = [
  { id: 'forward', label: words.forward },
  { id: 'reverse', label: words.reverse },
];

export function NoiseControls({ experiment, noise, scale, generates }: ControlsProps) {
  const playing = useSignal(noisePlayer.playing);
  const direction = useSignal(noisePlayer.direction);
  const barred = direction === 'reverse' && !generates;
  const toggle = () => (playing ? noisePlayer.pause() : noisePlayer.play());
  return (
    <section className="noise-controls" aria-label={words.label}>
      <button
        type="button"
        className="button"
        aria-label={playing ? words.pause : words.play}
        title={barred ? words.noModel : undefined}
        disabled={barred && !playing}
        onClick={toggle}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </button>
      <NoiseSlider noise={noise} toggle={barred ? () => {} : toggle} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would look like one */}
      <div className="directions" role="group" aria-label={words.direction}>
        {DIRECTIONS.map(({ id, label }) => (
          <button
            type="button"
            className="chip"
            key={id}
            aria-pressed={direction === id}
            onClick={() => noisePlayer.turn(id)}
          >
            {label}
          </button>
        ))}
      </div>
      <p className="noise-reading">
        {barred ? words.untrained : <Reading experiment={experiment} noise={noise} scale={scale} />}
      </p>
    </section>
  );
}

function NoiseSlider({ noise, toggle }: { noise: Noise; toggle: () => void }) {
  const place = useSampled(noisePlayer.place, REFRESH.noiseSlider);
  const scrub = useScrub(noise);
  const ratio = ratioAtPlace(noise.scale, place);
  const onKeyDown = (event: KeyboardEvent) => {
    const page = { PageUp: PAGE, PageDown: -PAGE }[event.key];
    if (event.key === ' ') toggle();
    else if (page !== undefined) scrub(noisePlayer.place.get() + page);
    else return;
    event.preventDefault();
  };
  return (
    <input
      type="range"
      aria-label={words.level}
      aria-valuetext={words.deviations(ratio)}
      min={0}
      max={STEPS}
      step={1}
      value={Math.round(place * STEPS)}
      onChange={(event) => scrub(Number(event.target.value) / STEPS)}
      onKeyDown={onKeyDown}
    />
  );
}

/** The noise in every unit: of the data, of the coordinates, of the schedule and in steps of the generator. */
function Reading({ experiment, noise, scale }: Omit<ControlsProps, 'generates'>) {
  const place = useSampled(noisePlayer.place, REFRESH.noiseSlider);
  const { coordinates } = systemOf(experiment);
  const ratio = ratioAtPlace(noise.scale, place);
  const alpha = shrinkage(noise.path, ratio);
  const along = scale?.deviation.map((deviation, d) =>
    words.along(alpha * ratio * deviation, inSymbols(coordinates[d])),
  );
  const levels = noise.scale.length - 1;
  const level = Math.round(placeOfRatio(noise.scale, ratio) * levels);
  return (
    <>
      <b>{words.ratio(alpha < 1, ratio)}</b>
      {words.inDeviations(along)}
      {alpha < 1 && words.shrunk(alpha)}
      {ratio > 0 && experiment.schedule !== 'edm' && words.time(noise.path.time(ratio))}
      {words.step(level, levels)}
    </>
  );
}
