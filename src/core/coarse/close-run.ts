/** A run of station Close: advanced in pieces, tested in Node and served by the close worker. */

import { boundProblem } from '../exact/bound-problem.ts';
import { type Message, toldBy } from '../message.ts';
import type { Experiment } from '../params/experiment.ts';
import type { SamplingFamilies } from '../sampling/method.ts';
import { ConsistencyRun } from './consistency-run.ts';
import type { CloseFrame, DiffusionMapResult } from './frame.ts';
import { closeProblem } from './lifting/full-system.ts';
import type { LiftTrainer, LiftTrainerMaker } from './lifting/model-lift.ts';
import { diffusionMapSteps } from './map/map-run.ts';
import { message } from './messages.ts';
import { closeSettingsOf } from './settings.ts';

/** Share of the budget for the bursts of the diffusion map. */
const MAP = 0.2;

export class CloseRun {
  private readonly run: ConsistencyRun | null;
  private readonly work: Generator<Promise<void> | void, void, void>;
  private trainer: LiftTrainer | null = null;
  private problem: Message | null;
  private phase: Message = message('phase-preparing', {});
  private ended = false;
  private map: DiffusionMapResult | null = null;
  private mapProblem: Message | null = null;

  constructor(
    private readonly families: SamplingFamilies,
    private readonly experiment: Experiment,
    trainer: LiftTrainerMaker = withoutNetworks,
  ) {
    this.problem = closeProblem(families, experiment) ?? boundProblem(experiment, families);
    const share = closeSettingsOf(experiment).map === 'none' ? 1 : 1 - MAP;
    const budget = Math.floor(share * experiment.budget);
    this.run = this.problem
      ? null
      : new ConsistencyRun(families, { ...experiment, budget }, (seed) => {
          this.trainer = trainer(seed);
          return this.trainer;
        });
    this.work = this.steps();
  }

  get done(): boolean {
    return this.ended;
  }

  /** Goes on until the run has ended or `outOfTime` says so. */
  async advance(outOfTime: () => boolean = () => false): Promise<void> {
    while (!this.ended) {
      await this.next();
      if (outOfTime()) return;
    }
  }

  frame(): CloseFrame {
    const found = this.run?.consistency ?? null;
    const reasons = this.mapProblem ? { diffusionMap: this.mapProblem } : {};
    return {
      phase: this.phase,
      forceEvaluations: (this.run?.micro.lab.spent ?? 0) + (this.map?.forceEvaluations ?? 0),
      networkEvaluations: this.trainer?.networkEvaluations ?? 0,
      budget: this.experiment.budget,
      done: this.ended,
      problem: this.problem,
      consistency: found && { ...found, reasons: { ...found.reasons, ...reasons } },
      diffusionMap: this.map,
    };
  }

  dispose(): void {
    this.trainer?.dispose();
  }

  private async next(): Promise<void> {
    try {
      const { done, value } = this.work.next();
      // Only to wait costs a turn of the event loop.
      if (value) await value;
      if (done) this.ended = true;
    } catch (error) {
      this.problem = toldBy(error);
      this.ended = true;
    }
  }

  private *steps(): Generator<Promise<void> | void, void, void> {
    if (!this.run) return;
    try {
      for (const waiting of this.run.steps()) {
        this.phase = this.run.phase;
        yield waiting;
      }
    } catch (error) {
      this.problem = toldBy(error);
    }
    if (closeSettingsOf(this.experiment).map === 'none') return;
    try {
      this.map = yield* this.mapped();
    } catch (error) {
      this.mapProblem = toldBy(error);
    }
  }

  private *mapped(): Generator<void, DiffusionMapResult, void> {
    const steps = diffusionMapSteps(this.families, this.experiment, MAP * this.experiment.budget);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value.result;
      this.phase = message('phase-map', { stage: value.stage });
      yield;
    }
  }
}

function withoutNetworks(): never {
  throw new TypeError('no network to lift with');
}
