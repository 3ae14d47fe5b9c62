/** Whether the time step carries the curvature of a bias that is built while walkers feel it. */

import { isOverdamped, STEP_SHARES } from '../../dynamics/stability.ts';
import type { Warning } from '../../estimators/finding.ts';
import type { Interpreter } from '../../expression/interpret.ts';
import { cellWidth, type SplineBias } from '../../expression/spline.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import { cvMobility } from '../../systems/cv-mobility.ts';
import type { Lab } from '../lab.ts';
import { message } from '../messages.ts';

/** Share of the looks from which on it is told: healthy runs have none, those wrong by kT a third. */
const MANY = 0.15;

export class BiasStiffness {
  private readonly mobilities: readonly Interpreter[];
  private readonly checked: boolean;
  private looks = 0;
  private beyond = 0;

  constructor(
    private readonly lab: Lab,
    private readonly cvs: readonly CollectiveVariable[],
    private readonly spline: SplineBias,
  ) {
    this.mobilities = cvs.map(({ value }) => cvMobility(lab.model, value));
    this.checked = isOverdamped(lab.integrator);
  }

  /** Looks at the bias where walkers are. @param places of each cv, of all walkers */
  look(states: Float64Array, places: readonly Float64Array[]): void {
    if (!this.checked) return;
    const walkers = places[0].length;
    const most = new Float64Array(walkers);
    this.mobilities.forEach((program, d) => {
      const mobility = new Float64Array(walkers);
      program.evaluate(states, walkers, mobility);
      mobility.forEach((m, w) => {
        const rate = this.lab.dt * m * Math.abs(this.curvature(d, places[0][w], places[1]?.[w] ?? 0));
        most[w] = Math.max(most[w], rate);
      });
    });
    this.looks += walkers;
    this.beyond += most.filter((rate) => rate > STEP_SHARES.overshoots).length;
  }

  /** Second derivative of the bias along one cv, by differences over a cell. */
  private curvature(d: number, first: number, second: number): number {
    const h = cellWidth(this.spline.axes[d]);
    const at = (shift: number) =>
      d === 0 ? this.spline.at(first + shift, second) : this.spline.at(first, second + shift);
    return (at(h) - 2 * at(0) + at(-h)) / (h * h);
  }

  warnings(): Warning[] {
    const share = this.beyond / Math.max(1, this.looks);
    if (share < MANY) return [];
    const values = { cvs: this.cvs.map(({ label }) => label), dt: this.lab.dt, share };
    const offer = {
      label: message('offer-integrator', { integrator: 'mala' }),
      changes: { integrator: 'mala' },
    };
    return [{ id: 'stiff-bias', message: message('bias-too-rough', values), offer }];
  }
}
