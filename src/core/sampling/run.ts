/**
 * A run of an enhanced-sampling method: advanced in pieces of any size with the same result, tested in Node and served by
 * the bias worker.
 */

import { type Finding, type Warning, withoutNumbers } from '../estimators/finding.ts';
import { isDrivenRing } from '../exact/steady-state.ts';
import type { Message } from '../message.ts';
import { type Experiment, group } from '../params/experiment.ts';
import type { BiasFrame, BiasHistory } from './frames.ts';
import { Lab } from './lab.ts';
import { message } from './messages.ts';
import type { MethodRun, SamplingFamilies } from './method.ts';
import { NOT_REWEIGHTED, reweight } from './reweighted.ts';
import { type StepError, stepErrors, stepErrorWarning } from './step-error.ts';

/** Shares of the budget at which the estimate is noted: 1 % to all of it, eight to a factor of ten. */
const FIRST_SHARE = 0.01;
const NOTES_PER_DECADE = 8;
/** Rests between two looks for walkers that are lost. */
const LOOK_EVERY = 64;

export class BiasRun {
  private readonly lab: Lab;
  private readonly run: MethodRun;
  private readonly steps: Generator<void, void, void>;
  private readonly forbidden: readonly Warning[];
  private readonly stepErrors: readonly StepError[];
  private rests = 0;
  private ended = false;
  private divergence: Message | null = null;
  private notes = 0;
  private history: BiasHistory[] = [];
  private finding: Finding | null = null;
  private beside = NOT_REWEIGHTED;

  /** @throws Problem that names the parameter with which the method cannot begin */
  constructor(families: SamplingFamilies, experiment: Experiment) {
    const method = families.methods[experiment.method];
    this.lab = new Lab(families, experiment);
    this.run = method.begin(this.lab, group(experiment, 'method'));
    this.forbidden = method.unbiased ? [] : irreversible(this.lab);
    this.stepErrors = stepErrors(
      this.lab.setting,
      this.lab.integrator,
      this.lab.dt,
      method.flattens ?? false,
    );
    this.steps = this.run.steps();
  }

  get done(): boolean {
    return this.ended;
  }

  /** Goes on for `evaluations` force evaluations or so, until the budget is spent or `outOfTime` says so. */
  advance(evaluations: number, outOfTime: () => boolean = () => false): void {
    const target = this.lab.spent + evaluations;
    while (!this.ended && this.lab.spent < target) {
      if (this.steps.next().done) this.end();
      else if (++this.rests % LOOK_EVERY === 0) this.look();
      if (!this.ended && this.lab.spent >= this.nextNote()) this.note();
      if (outOfTime()) return;
    }
  }

  /** What is new since the last frame. */
  frame(): BiasFrame {
    const { history, finding, beside } = this;
    this.history = [];
    this.finding = null;
    this.beside = NOT_REWEIGHTED;
    return {
      forceEvaluations: this.lab.spent,
      budget: this.lab.budget,
      done: this.ended,
      divergence: this.divergence,
      view: this.run.view(),
      finding,
      history,
      ...beside,
    };
  }

  private end(): void {
    this.ended = true;
    this.look();
    if (!this.divergence) this.estimate(true);
  }

  private ofStep({ freeEnergy }: Finding): Warning[] {
    const { cv, integrator, dt } = this.lab;
    const warning = freeEnergy && stepErrorWarning(this.stepErrors, freeEnergy, cv, integrator, dt);
    return warning ? [warning] : [];
  }

  /** An energy that parameters make useless has no F, whatever walkers that have not noticed say. */
  private ofSystem(): Warning[] {
    const { problem } = this.lab.model.system;
    return problem ? [{ id: 'unusable-energy', message: problem }] : [];
  }

  private look(): void {
    this.divergence = this.lab.divergence();
    if (!this.divergence) return;
    this.ended = true;
    this.finding = withoutNumbers([...this.ofSystem(), { id: 'diverged', message: this.divergence }]);
  }

  private nextNote(): number {
    return this.lab.budget * FIRST_SHARE * 10 ** (this.notes / NOTES_PER_DECADE);
  }

  private note(): void {
    this.look();
    if (this.divergence) return;
    while (this.lab.spent >= this.nextNote()) this.notes++;
    this.estimate(false);
  }

  private estimate(thorough: boolean): void {
    const estimated = this.run.estimate(thorough);
    if (thorough && estimated.weighted && this.forbidden.length === 0)
      this.beside = reweight(this.lab.model, this.lab.experiment, estimated.weighted);
    // They have served, and are large.
    const weighted = estimated.weighted && { ...estimated.weighted, replicas: undefined };
    const warnings = [...this.ofSystem(), ...estimated.warnings, ...this.ofStep(estimated)];
    const found = { ...estimated, weighted, warnings };
    this.finding =
      this.forbidden.length === 0
        ? found
        : { ...found, freeEnergy: null, weighted: null, warnings: this.forbidden };
    if (!this.finding.freeEnergy) return;
    const { of, cv, F } = this.finding.freeEnergy;
    const freeEnergy = { of, cv: cv.slice(), F: F.slice() };
    this.history.push({ forceEvaluations: this.lab.spent, freeEnergy });
  }
}

/** Weights undo a bias for distributions that are known to be exp(-U/kT) times a constant, and for no others. */
function irreversible({ model }: Lab): Warning[] {
  const cause = model.energyNode === null ? 'no-potential' : isDrivenRing(model) ? 'driven' : null;
  if (!cause) return [];
  return [
    {
      id: 'not-reversible',
      message: message('no-equilibrium-distribution', { system: model.system.id, cause }),
      offer: { label: message('offer-direct', {}), changes: { method: 'direct' } },
    },
  ];
}
