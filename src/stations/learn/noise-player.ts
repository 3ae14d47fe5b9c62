/** The noise that station Learn looks at, and how it moves by itself. */
import { Signal } from '../../shell/runs/signal.ts';

/** Data turn to noise, or noise to samples. */
export type Direction = 'forward' | 'reverse';

/** Time that the whole scale takes, ms. */
const DURATION = 7000;
/** A frame of the screen that came late moves no further than this, ms. */
const LONGEST_FRAME = 100;

/** Where a place on the scale is after `ms`, and whether it has arrived at the end. */
export function moved(
  place: number,
  direction: Direction,
  ms: number,
): { readonly place: number; readonly arrived: boolean } {
  const next = place + ((direction === 'forward' ? 1 : -1) * Math.min(ms, LONGEST_FRAME)) / DURATION;
  return { place: Math.min(1, Math.max(0, next)), arrived: next <= 0 || next >= 1 };
}

export class NoisePlayer {
  /** From 0, no noise, to 1, the most. */
  readonly place = new Signal(0);
  readonly direction = new Signal<Direction>('forward');
  readonly playing = new Signal(false);
  #frame = 0;

  /** From where it stands, or from the beginning when it stands at the end. */
  play(): void {
    if (this.playing.get()) return;
    const forward = this.direction.get() === 'forward';
    if (this.place.get() === (forward ? 1 : 0)) this.place.set(forward ? 0 : 1);
    this.playing.set(true);
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      const { place, arrived } = moved(this.place.get(), this.direction.get(), now - last);
      last = now;
      this.place.set(place);
      if (arrived) this.pause();
      else this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  pause(): void {
    cancelAnimationFrame(this.#frame);
    this.playing.set(false);
  }

  /** By hand. */
  scrub(place: number): void {
    this.pause();
    this.place.set(Math.min(1, Math.max(0, place)));
  }

  turn(direction: Direction): void {
    this.direction.set(direction);
  }
}

export const noisePlayer = new NoisePlayer();
