/** The check that micro and macro agree: lift, heal, restrict; bursts; the coarse equation; what it says against the full system. */

import { barrierRemark } from '../exact/barrier.ts';
import { type Message, Problem } from '../message.ts';
import { jackknifeError } from '../numerics/resampling.ts';
import type { Experiment } from '../params/experiment.ts';
import type { SamplingFamilies } from '../sampling/method.ts';
import { ALL_GROUPS, BurstRecord, burst, GROUPS } from './bursts/bursts.ts';
import { type Effective, effective, uncorrected } from './bursts/effective.ts';
import { fastTime, otherCoordinates } from './bursts/fast-time.ts';
import { type Choosing, chooseLag, momentsIn, plateauOf, type Window, windowEnds } from './bursts/lag.ts';
import type { Context } from './context.ts';
import { coarseParts } from './equation/coarse-parts.ts';
import { exactAverages, exactF, valuesBetween } from './equation/conditional-averages.ts';
import { freeEnergyOf } from './equation/dynamic-free-energy.ts';
import type { Consistency, LagChoice, Part } from './frame.ts';
import { FullSystem } from './lifting/full-system.ts';
import { healingOf } from './lifting/healing-part.ts';
import type { LiftTrainerMaker } from './lifting/model-lift.ts';
import { lifted, restrictionOf } from './lifting/restriction-part.ts';
import { liftAll, needsArchive, needsHeldRun, type Sources, sourcesOf } from './lifting/sources.ts';
import { message } from './messages.ts';
import { type CloseSettings, closeSettingsOf } from './settings.ts';

/** Shares of the budget. */
const ARCHIVE = 0.3;

const PROBE = 0.06;

const HEALING = 0.1;

const BURSTS = 0.5;

/** Walkers whose memory is measured, in all, and values that they are held at, at most. */
const PROBE_WALKERS = 96;

const PROBE_VALUES = 12;

const MOST_FRAMES = 96;

const LEAST_FRAMES = 6;

/** Bursts from each value that are made shorter rather than fewer. */
const LEAST_BURSTS = 64;

/** Fast time in steps where there are no fast variables. */
const NO_FAST_STEPS = 10;

export class ConsistencyRun {
  readonly micro: FullSystem;
  phase: Message = message('phase-preparing', {});
  private found: Consistency;
  private readonly settings: CloseSettings;

  constructor(
    families: SamplingFamilies,
    experiment: Experiment,
    private readonly trainer: LiftTrainerMaker,
  ) {
    this.micro = new FullSystem(families, experiment);
    this.settings = closeSettingsOf(experiment);
    this.found = {
      timeStep: this.micro.dt,
      fastTime: null,
      held: this.micro.held < 0 ? 'by a spring' : 'exactly',
      bursts: 0,
      restriction: null,
      healing: null,
      lag: null,
      drift: null,
      diffusion: null,
      closure: null,
      freeEnergyFromDynamics: null,
      coarse: { firstPassage: null, autocorrelation: null, projective: null },
      reasons: {},
    };
  }

  get consistency(): Consistency {
    return this.found;
  }

  /** Yields where it may rest, and promises where it must wait. */
  *steps(): Generator<Promise<void> | void, void, void> {
    const { micro, settings } = this;
    const { lab } = micro;
    const { low, high } = settings;
    const periodic = lab.cv.periodic === true && low <= lab.cv.range[0] && high >= lab.cv.range[1];
    const values = valuesBetween(Math.min(low, high), Math.max(low, high), settings.values, periodic);
    const runs = Number(needsArchive(lab, settings)) + Number(needsHeldRun(lab, settings));
    const F = exactF(micro, values);
    const remark = F && barrierRemark(F, lab.cv.label, periodic);
    if (remark) this.explain('barrier', remark);
    const sources = yield* sourcesOf({
      ...{ micro, settings, values, trainer: this.trainer },
      evaluations: (ARCHIVE * lab.budget) / Math.max(1, runs),
      phase: (now) => {
        this.phase = now;
      },
    });
    this.phase = message('phase-memory', {});
    const fastSteps = yield* this.memory(sources, values);
    const others = otherCoordinates(micro);
    const context: Context = {
      ...{ micro, settings, values, sources, fastSteps },
      stretch: { range: [Math.min(low, high), Math.max(low, high)], periodic },
      observable: lab.experiment.observable || lab.model.system.coordinates[others[0] ?? 0],
      exact: null,
      moved: null,
    };
    this.phase = message('phase-restriction', {});
    const [given, moved] = yield* lifted(context);
    this.add({ restriction: restrictionOf(context, given, moved) });
    const exact = exactAverages(micro, values, [context.observable, `(${context.observable})^2`]);
    yield* this.withExact({ ...context, exact, moved });
  }

  private *withExact(context: Context): Generator<void, void, void> {
    const { micro } = context;
    this.phase = message('phase-healing', {});
    this.add(yield* healingOf(context, HEALING * micro.lab.budget));
    this.phase = message('phase-bursts', {});
    const choosing = yield* this.bursts(context);
    this.phase = message('phase-drift', {});
    const estimated = this.estimate(context, choosing);
    yield;
    const groups = ALL_GROUPS.map((left) =>
      effective(
        momentsIn(
          choosing,
          estimated.window,
          ALL_GROUPS.filter((group) => group !== left),
        ),
        context.stretch,
        estimated.found,
      ),
    );
    this.profiles(context, choosing, estimated, groups);
    this.add(freeEnergyOf(context, estimated.found, groups, exactF(micro, context.values)));
    yield;
    this.phase = message('phase-coarse', {});
    for (const part of coarseParts(
      context,
      estimated.found.equation,
      estimated.window[1] * choosing.record.interval,
    )) {
      if (part) this.add({ ...part, coarse: { ...this.found.coarse, ...part.coarse } });
      yield;
    }
  }

  private add(part: Partial<Consistency>): void {
    this.found = { ...this.found, ...part, reasons: { ...this.found.reasons, ...part.reasons } };
  }

  private explain(part: Part, reason: Message): void {
    this.add({ reasons: { [part]: reason } });
  }

  private *memory(sources: Sources, values: Float64Array): Generator<void, number, void> {
    const { micro } = this;
    const some = values.filter((_, v) => v % Math.ceil(values.length / PROBE_VALUES) === 0);
    const each = Math.ceil(PROBE_WALKERS / some.length);
    const walkers = micro.walkers(some.length * each);
    walkers.place(yield* liftAll(micro.lab, sources.lift, some, each, 'memory'));
    const of = Uint16Array.from({ length: walkers.count }, (_, w) => Math.floor(w / each));
    const found = yield* fastTime(micro, walkers, of, PROBE * micro.lab.budget);
    const time = found.time ?? NO_FAST_STEPS * micro.dt;
    this.add({ fastTime: found.time });
    if (found.time === null)
      this.explain(
        'fastTime',
        message(found.resolved ? 'nothing-fast' : 'memory-not-measured', { steps: NO_FAST_STEPS }),
      );
    else if (!found.resolved)
      this.explain('fastTime', message('coordinate-not-fast', { coordinate: found.coordinate ?? '' }));
    return time / micro.dt;
  }

  private *bursts(context: Context): Generator<void, Choosing, void> {
    const { micro, settings, values, fastSteps, sources } = context;
    const { lab } = micro;
    const share =
      (BURSTS - (needsArchive(lab, settings) || needsHeldRun(lab, settings) ? ARCHIVE / 2 : 0)) * lab.budget;
    const stepsEach = share / (values.length * lab.integrator.forces);
    const asked = (settings.healing + Math.max(settings.longest, 2 * (settings.lag[0] ?? 0))) * fastSteps;
    // Rather short bursts than too few to know their spread.
    const cut = Math.min(1, stepsEach / (Math.min(settings.bursts, LEAST_BURSTS) * asked));
    const heal = Math.round(cut * settings.healing * fastSteps);
    const longest = cut * asked - heal;
    const every = Math.max(1, Math.round(longest / MOST_FRAMES));
    const frames = Math.ceil(longest / every);
    const each = Math.floor(Math.min(settings.bursts, stepsEach / (heal + frames * every)) / GROUPS) * GROUPS;
    if (frames < LEAST_FRAMES || each < 2 * GROUPS)
      throw new Problem(message('bursts-need-budget', { steps: LEAST_FRAMES, values: values.length }));
    if (cut < 1) this.explain('bursts', message('bursts-shortened', { bursts: each, share: cut }));
    this.add({ bursts: each });
    const walkers = micro.walkers(values.length * each);
    walkers.place(yield* liftAll(lab, sources.lift, values, each, 'bursts'));
    for (let step = 0; step < heal; step++) {
      walkers.hold(1);
      if (step % 8 === 0) yield;
    }
    const record = new BurstRecord(values, each, every * micro.dt, micro.martingales);
    yield* burst(walkers, micro, record, { frames, every });
    const problem = lab.divergence();
    if (problem) throw new Problem(problem);
    return { record, estimator: settings.estimator, stretch: context.stretch };
  }

  private estimate(
    { micro, settings, fastSteps }: Context,
    choosing: Choosing,
  ): { window: Window; found: Effective } {
    const { record } = choosing;
    const framesPerFastTime = (fastSteps * micro.dt) / record.interval;
    const asked = settings.lag[0];
    const framesOf = (times: number) => Math.min(record.frames - 1, Math.round(times * framesPerFastTime));
    const end = Math.max(1, framesOf(asked ?? 0));
    const begin = settings.skip[0] === undefined ? end / 2 : Math.min(framesOf(settings.skip[0]), end - 1);
    const chosen =
      asked === undefined
        ? chooseLag(choosing, framesPerFastTime)
        : { window: [Math.floor(begin), end] as Window, plateau: true };
    const found = effective(momentsIn(choosing, chosen.window), choosing.stretch);
    const lag: LagChoice = {
      from: chosen.window[0] * record.interval,
      to: chosen.window[1] * record.interval,
      plateau: chosen.plateau,
      curve: plateauOf(choosing, windowEnds(record, framesPerFastTime), found),
    };
    this.add({ lag });
    if (!chosen.plateau)
      this.explain(
        'drift',
        message(
          record.frames - 1 < 2 * framesPerFastTime
            ? 'bursts-too-short'
            : chosen.window[1] < 2 * framesPerFastTime
              ? 'lag-within-fast-time'
              : 'no-plateau',
          {},
        ),
      );
    return { window: chosen.window, found };
  }

  private profiles(
    { values, exact }: Context,
    choosing: Choosing,
    { window, found }: { window: Window; found: Effective },
    groups: readonly Effective[],
  ): void {
    const raw = uncorrected(momentsIn(choosing, [0, window[1]]));
    const errors = (of: (e: Effective) => Float64Array) =>
      values.map((_, v) => jackknifeError(groups.map((group) => of(group)[v])));
    this.add({
      drift: {
        values,
        estimate: found.drift,
        stderr: errors(({ drift }) => drift),
        uncorrected: raw.drift,
        averaged: exact?.drift ?? null,
      },
      diffusion: {
        values,
        estimate: found.smoothDiffusion,
        stderr: errors(({ smoothDiffusion }) => smoothDiffusion),
        uncorrected: raw.diffusion,
        averaged: exact?.diffusion ?? null,
      },
    });
  }
}
