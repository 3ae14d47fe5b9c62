/** Starts from a run without bias: every window takes the visited states nearest to its centre. */
import { periodOf, shortest } from '../../dynamics/bias-term.ts';
import type { Window } from '../../estimators/window-samples.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import type { Finder, Starts } from './starts.ts';

const WALKERS = 16;
const BLOCK = 10;
/** States that are kept, about. */
const MOST_STATES = 20_000;

export class DirectStart implements Finder {
  readonly phase = 'phase-direct';
  readonly window = 0;
  readonly walkers: BiasedEnsemble;
  private readonly states: Float64Array[] = [];
  private readonly cvs: Float64Array[] = [];

  constructor(
    private readonly lab: Lab,
    private readonly windows: readonly Window[],
    private readonly perWindow: number,
  ) {
    this.walkers = lab.ensemble(WALKERS);
  }

  *steps(evaluations: number): Generator<void, null, void> {
    const steps = Math.floor(evaluations / (WALKERS * this.lab.integrator.forces));
    const block = Math.max(BLOCK, Math.ceil((steps * WALKERS) / MOST_STATES));
    this.keep();
    for (let done = 0; done + block <= steps; done += block) {
      this.walkers.advance(block);
      this.keep();
      yield;
    }
    return null;
  }

  starts(): Starts {
    const { perWindow, windows, lab } = this;
    const walkers = windows.length * perWindow;
    const numbers = lab.model.state.length;
    const snapshot = new Float64Array(numbers * walkers);
    windows.forEach(({ center }, window) => {
      this.nearest(center).forEach((place, j) => {
        const [frame, w] = [Math.floor(place / WALKERS), place % WALKERS];
        for (let d = 0; d < numbers; d++)
          snapshot[d * walkers + window * perWindow + j] = this.states[frame][d * WALKERS + w];
      });
    });
    return { snapshot, backward: new Uint8Array(walkers) };
  }

  private keep(): void {
    this.states.push(this.walkers.states());
    this.cvs.push(this.walkers.cv());
  }

  /** The states nearest to a centre, one for each of its walkers, as `frame * WALKERS + walker`. */
  private nearest(center: number): number[] {
    const period = periodOf(this.lab.cv);
    const best: { distance: number; place: number }[] = [];
    this.cvs.forEach((cvs, frame) => {
      cvs.forEach((cv, w) => {
        const distance = Math.abs(shortest(cv - center, period));
        if (best.length === this.perWindow && !(distance < best[best.length - 1].distance)) return;
        const rank = best.findIndex((other) => distance < other.distance);
        best.splice(rank < 0 ? best.length : rank, 0, { distance, place: frame * WALKERS + w });
        best.length = Math.min(best.length, this.perWindow);
      });
    });
    return best.map(({ place }) => place);
  }
}
