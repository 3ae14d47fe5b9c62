/** A run of one coupled method: advanced in pieces, tested in Node and served by the couple worker. */

import { type Message, Problem } from '../message.ts';
import type { FreeEnergyEstimate } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import type { BiasHistory } from '../sampling/frames.ts';
import { Lab } from '../sampling/lab.ts';
import type { CoupledMethodRun, CouplingFamilies } from './contract.ts';
import type { CoupleFrame } from './frame.ts';
import type { TrainerMaker } from './model-source.ts';
import { planOf, timeStepOf } from './plan.ts';
import { couplingProblem } from './problem.ts';
import { coupleSettingsOf } from './settings.ts';

/** Shares of the budget at which F is noted: 1 % to all of it, eight to a factor of ten. */
const FIRST_SHARE = 0.01;
const NOTES_PER_DECADE = 8;
/** Rests between two looks for walkers that are lost. */
const LOOK_EVERY = 64;

export class CoupleRun {
  private readonly lab: Lab;
  private readonly run: CoupledMethodRun;
  private readonly steps: AsyncGenerator<void, void, void>;
  private rests = 0;
  private notes = 0;
  private ended = false;
  private divergence: Message | null = null;
  private freeEnergy: FreeEnergyEstimate | null = null;
  private history: BiasHistory[] = [];

  /** @throws Problem that says why the system cannot be coupled, or which setting does not fit */
  constructor(
    families: CouplingFamilies,
    experiment: Experiment,
    readonly method: string,
    makeTrainer: TrainerMaker,
  ) {
    const problem = couplingProblem(experiment, families);
    if (problem) throw new Problem(problem);
    this.lab = new Lab(families, experiment);
    const plan = planOf(this.lab);
    this.run = families.coupledMethods[method].begin({
      lab: this.lab,
      plan,
      makeTrainer,
      moves: coupleSettingsOf(experiment).moves === 'metropolis',
    });
    this.steps = this.run.steps();
  }

  get done(): boolean {
    return this.ended;
  }

  /** Goes on until the budget is spent or `outOfTime` says so. */
  async advance(outOfTime: () => boolean = () => false): Promise<void> {
    while (!this.ended) {
      const { done } = await this.steps.next();
      if (done) this.end();
      else if (++this.rests % LOOK_EVERY === 0) this.look();
      if (!this.ended && this.lab.spent >= this.nextNote()) this.note();
      if (outOfTime()) return;
    }
  }

  /** What is new since the last frame. Times and engines are for the worker to say. */
  frame(): Omit<CoupleFrame, 'seconds' | 'backend'> {
    const { history, lab, run } = this;
    this.history = [];
    return {
      method: this.method,
      forceEvaluations: lab.spent,
      networkEvaluations: run.networkEvaluations,
      budget: lab.budget,
      done: this.ended,
      divergence: this.divergence,
      view: run.view(),
      freeEnergy: this.freeEnergy && copyOf(this.freeEnergy),
      history,
      conditional: run.recorder.conditional(),
      dt: timeStepOf(lab.experiment),
      trainingSeconds: run.trainingSeconds,
    };
  }

  dispose(): void {
    this.run.dispose();
  }

  private end(): void {
    this.ended = true;
    this.look();
    if (this.divergence) return;
    this.keep(this.run.recorder.estimate(this.lab.random('groups drawn again')));
  }

  private look(): void {
    this.divergence = this.lab.divergence();
    if (this.divergence) this.ended = true;
  }

  private nextNote(): number {
    return this.lab.budget * FIRST_SHARE * 10 ** (this.notes / NOTES_PER_DECADE);
  }

  private note(): void {
    this.look();
    if (this.divergence) return;
    while (this.lab.spent >= this.nextNote()) this.notes++;
    const found = this.run.recorder.freeEnergy();
    this.keep(found && { ...found, of: 'bin', stderr: found.F.map(() => Number.NaN) });
  }

  private keep(estimate: FreeEnergyEstimate | null): void {
    if (!estimate) return;
    this.freeEnergy = estimate;
    const { of, cv, F } = copyOf(estimate);
    this.history.push({ forceEvaluations: this.lab.spent, freeEnergy: { of, cv, F } });
  }
}

/** Frames are moved away. */
function copyOf({ of, cv, F, stderr }: FreeEnergyEstimate): FreeEnergyEstimate {
  return { of, cv: cv.slice(), F: F.slice(), stderr: stderr.slice() };
}
