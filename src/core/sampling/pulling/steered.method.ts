/**
 * Steered pulling: the centre of a spring moves along the cv in small jumps, and the work of the jumps gives free energies
 * though nothing is in equilibrium (Jarzynski 1997; Crooks 1999; Hummer, Szabo 2001; Minh, Adib 2008; see `estimators/work` and
 * `estimators/pulled-paths`). A jump changes the bias at a fixed configuration, so that the work is exact for discrete steps.
 */

import { CENTER, harmonicEnergy, periodOf, SPRING_CONSTANT } from '../../dynamics/bias-term.ts';
import { type Finding, withoutNumbers } from '../../estimators/finding.ts';
import type { Pulls } from '../../estimators/pulled-paths.ts';
import type { Message } from '../../message.ts';
import { rowsOf } from '../../numerics/layout.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import { message } from '../messages.ts';
import type { BiasView, Method, MethodRun } from '../method.ts';
import { Trail } from '../trail.ts';
import { type PullParams, type PullPlan, planPull, pullSpecs } from './plan.ts';
import { PullRecord, pulledEstimate } from './record.ts';
import { type PulledWork, sharesNothing, tooFewSteps, workFigures, workWarnings } from './report.ts';

const TRACED = 4;

class SteeredRun implements MethodRun {
  private readonly ensemble: BiasedEnsemble;
  private readonly forward: PullRecord;
  private readonly backward: PullRecord | null;
  private readonly trails: readonly Trail[];
  private readonly period: number | undefined;
  private readonly springConstant: number;
  private center: number;
  private phase: Message = message('phase-pull-start', {});
  private underWay = false;
  private direction: 'there' | 'back' = 'there';

  constructor(
    private readonly lab: Lab,
    private readonly params: PullParams,
    private readonly plan: PullPlan,
  ) {
    const { pulls } = params;
    this.period = periodOf(lab.cv);
    // What the kernels see in single precision is what the work is counted with.
    this.springConstant = Math.fround(plan.springConstant);
    this.ensemble = lab.restrained(pulls);
    this.ensemble.set(SPRING_CONSTANT, new Float64Array(pulls).fill(this.springConstant));
    this.center = this.moveTo(plan.start);
    const record = () => new PullRecord(pulls, lab.model.dimension, plan.jumps);
    this.forward = record();
    this.backward = params.backward ? record() : null;
    this.trails = Array.from({ length: Math.min(TRACED, pulls) }, () => new Trail());
  }

  *steps(): Generator<void, void, void> {
    const { plan } = this;
    yield* this.drag();
    this.moveTo(plan.from);
    yield* this.wait(plan.wait - plan.drag, message('phase-pull-settling', { end: 'near' }));
    yield* this.there();
    if (this.backward) {
      yield* this.wait(plan.wait, message('phase-pull-settling', { end: 'far' }));
      yield* this.back(this.backward);
    }
    yield* this.wait(Number.POSITIVE_INFINITY, message('phase-pull-over', {}));
  }

  /** Centre after so many jumps. */
  private centerAt(jump: number): number {
    const { from, to, jumps } = this.plan;
    return Math.fround(from + ((to - from) * jump) / jumps);
  }

  private moveTo(center: number): number {
    this.center = Math.fround(center);
    this.ensemble.set(CENTER, new Float64Array(this.params.pulls).fill(this.center));
    return this.center;
  }

  private *drag(): Generator<void, void, void> {
    const { block, drag, from, start } = this.plan;
    const jumps = Math.floor(drag / block);
    for (let k = 1; k <= jumps; k++) {
      this.moveTo(start + ((from - start) * k) / jumps);
      if (this.ensemble.advance(block) === 0) return;
      yield;
    }
  }

  private *wait(steps: number, phase: Message): Generator<void, void, void> {
    this.phase = phase;
    for (let left = steps; left > 0; left -= this.plan.block) {
      if (this.ensemble.advance(Math.min(left, this.plan.block)) === 0) return;
      yield;
    }
  }

  private *there(): Generator<void, void, void> {
    const { ensemble, forward, lab, plan } = this;
    this.phase = message('phase-pull', { direction: 'there' });
    this.underWay = true;
    for (let k = 0; k < plan.jumps; k++) {
      const q = ensemble.coordinates();
      const cv = ensemble.values(lab.cv.value, q);
      if (k % forward.stride === 0) forward.add(k / forward.stride, q, cv);
      this.jump(forward, cv, this.centerAt(k + 1));
      ensemble.advance(plan.block);
      yield;
    }
  }

  /** The same configurations as on the way there: each lies between the same two places of the centre. */
  private *back(record: PullRecord): Generator<void, void, void> {
    const { ensemble, lab, plan } = this;
    this.phase = message('phase-pull', { direction: 'back' });
    this.direction = 'back';
    for (let k = plan.jumps - 1; k >= 0; k--) {
      const q = ensemble.coordinates();
      const cv = ensemble.values(lab.cv.value, q);
      this.jump(record, cv, this.centerAt(k));
      if (k % record.stride === 0) record.add(k / record.stride, q, cv);
      ensemble.advance(plan.block);
      yield;
    }
  }

  /** Moves the centre and adds what that costs each walker where it is. */
  private jump({ work }: PullRecord, cv: Float64Array, center: number): void {
    const { springConstant, period, lab } = this;
    const before = this.center;
    this.moveTo(center);
    for (let w = 0; w < work.length; w++) {
      const energy =
        harmonicEnergy(cv[w], center, springConstant, period) -
        harmonicEnergy(cv[w], before, springConstant, period);
      work[w] += energy / lab.kT;
    }
    const lost = work === this.forward.work ? null : this.forward.work;
    this.trails.forEach((trail, w) => {
      trail.add(lab.spent, work[w] + (lost?.[w] ?? 0));
    });
  }

  view(): BiasView {
    const { ensemble, lab, params, trails } = this;
    return {
      phase: this.phase,
      walkers: { dimension: lab.model.dimension, values: rowsOf(ensemble.coordinates(), params.pulls) },
      of: new Uint16Array(params.pulls).fill(this.direction === 'there' ? 0 : 1),
      windows: [{ center: this.center, springConstant: this.springConstant }],
      bias: null,
      traces: trails.map((trail, w) => ({
        label: message('trace-walker', { walker: w }),
        axis: message('axis-work', {}),
        series: trail.series(),
      })),
    };
  }

  estimate(thorough: boolean): Finding {
    const { backward, forward, lab, params } = this;
    if (forward.filled < 2) return withoutNumbers(thorough ? [tooFewSteps(params.pulls, lab.budget)] : []);
    const returned = backward?.complete ? backward : null;
    const arrived = forward.complete && (this.direction === 'back' || !this.underWay);
    const all: Pulls = {
      pulls: params.pulls,
      centers: Float64Array.from({ length: forward.filled }, (_, s) => this.centerAt(s * forward.stride)),
      springConstant: this.springConstant / lab.kT,
      period: this.period,
      forward: forward.forward(arrived),
      backward: returned ? returned.backward() : null,
    };
    const states = returned ? [forward.states(), returned.states()] : [forward.states()];
    const work = { forward: arrived ? forward.work : null, backward: returned ? returned.work : null };
    if (sharesNothing(work))
      return { ...withoutNumbers(workWarnings(work, lab.budget)), figures: this.figures(work) };
    return {
      estimator: returned ? 'bidirectional' : 'hummer-szabo',
      ...pulledEstimate(all, states, lab.cv, thorough ? lab.random('bootstrap of pulls') : null),
      windows: [],
      overlap: null,
      warnings: thorough ? workWarnings(work, lab.budget) : [],
      figures: this.figures(work),
    };
  }

  private figures(work: PulledWork): Finding['figures'] {
    const { springConstant, plan } = this;
    return { springConstant, stepsOfPull: plan.jumps * plan.block, ...workFigures(work) };
  }
}

const method: Method<typeof pullSpecs> = {
  cite: 'Jarzynski, Phys. Rev. Lett. 78, 2690 (1997)',
  params: () => pullSpecs,
  begin: (lab, params) => new SteeredRun(lab, params, planPull(lab, params)),
};

export default method;
