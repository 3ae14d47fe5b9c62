/**
 * The coupled loop: a model learns from trapped walkers, starts the next windows beyond the data, and their biased runs correct
 * it; then all windows go on together, the model proposing and the energy disposing.
 */

import { Draws } from '../numerics/draws.ts';
import { rowsOf } from '../numerics/layout.ts';
import type { BiasedEnsemble, Lab } from '../sampling/lab.ts';
import { AcceptanceTally } from './acceptance.ts';
import type { CoupledMethod, CoupledMethodRun, CouplingContext, ProposalModel } from './contract.ts';
import { type CoupledView, type CouplePhase, MARK } from './frame.ts';
import { nodesAbout, nodesOverAll, windowsBeside, windowsWithin } from './frontier.ts';
import { generatedStates } from './generated.ts';
import { metropolisMove } from './generator-move.ts';
import type { ModelSource, Pairs, Stage } from './model-source.ts';
import { PairStore } from './pair-store.ts';
import { type CouplePlan, checkSprings, isMoveDue } from './plan.ts';
import type { Proposer } from './proposer.ts';
import { Recorder } from './recorder.ts';
import { cutWalkers, mergedWalkers } from './snapshots.ts';
import { sourceOf } from './sources.ts';
import { hold, placesOf, recorderOptions, statesAt, windowOfEach } from './walkers-in-windows.ts';

/** Walkers of each window. */
const WALKERS = 16;
/** Shares of the budget for the trapped start and for filling the windows. */
const START_SHARE = 0.05;
const GROWTH_SHARE = 0.2;
/** Shares that are not used: of the trapped start, of a run after generation, of the rounds. */
const START_DISCARDED = 0.2;
const HEALING = 0.25;
const ROUNDS_DISCARDED = 0.15;
/** Shares of the trapped data between which the cv counts as covered. */
const COVERED = [0.01, 0.99] as const;
/** Pairs of a round that are kept for training. */
const PAIRS_OF_ROUND = 20_000;
/** Energies of a move of a walker. */
const ENERGIES = 2;

/** Walkers, and what takes down where they go. */
interface Seen {
  readonly ensemble: BiasedEnsemble;
  readonly of: Uint16Array;
  readonly recorder: Recorder;
  readonly pairs: PairStore;
}

interface Leg extends Seen {
  /** Of each walker, so that all of a leg weigh the same. */
  readonly steps: number;
  /** Steps that serve nothing, and steps that do not count for F. */
  readonly healing: number;
  readonly settling: number;
}

class CoupledLoop implements CoupledMethodRun {
  recorder: Recorder;
  private readonly draws: Draws;
  private readonly acceptance: AcceptanceTally;
  /** Last state of each window, all numbers of its walkers; null where none have been. */
  private readonly snapshots: (Float64Array | null)[];
  private phase: CouplePhase = 'start';
  private round = 0;
  private model: Proposer | null = null;
  private trained: readonly [number, number] | null = null;
  private shown: { ensemble: BiasedEnsemble; of: Uint16Array; marks: Uint8Array };

  private readonly lab: Lab;
  private readonly plan: CouplePlan;
  private readonly moves: boolean;

  /** Of `context.moves`: generator moves while walkers run; else the plain loop. */
  constructor(
    { lab, plan, moves }: CouplingContext,
    private readonly source: ModelSource,
  ) {
    this.lab = lab;
    this.plan = plan;
    this.moves = moves;
    this.draws = new Draws(lab.random('coupling'));
    this.acceptance = new AcceptanceTally(lab.cv.range);
    this.snapshots = plan.windows.map(() => null);
    // While windows are filled, the trapped walkers count as one more, without a spring.
    this.recorder = new Recorder(
      [...plan.windows, { center: 0, springConstant: 0 }],
      recorderOptions(lab, plan, WALKERS),
    );
    const ensemble = lab.ensemble(WALKERS);
    const of = new Uint16Array(WALKERS).fill(plan.windows.length);
    this.shown = { ensemble, of, marks: new Uint8Array(WALKERS).fill(MARK.trapped) };
  }

  get networkEvaluations(): number {
    return this.source.trainer?.networkEvaluations ?? 0;
  }

  get trainingSeconds(): number {
    return this.source.trainer?.seconds ?? 0;
  }

  async *steps(): AsyncGenerator<void, void, void> {
    const pairs = new PairStore();
    yield* this.trappedStart(pairs);
    yield* this.grow(pairs);
    if (this.moves) yield* this.refresh(pairs);
    else yield* this.liftAll(pairs);
  }

  private async *trappedStart(pairs: PairStore): AsyncGenerator<void, void, void> {
    const { ensemble, of } = this.shown;
    const { recorder } = this;
    const steps = Math.floor((START_SHARE * this.lab.budget) / (WALKERS * this.perStep(false)));
    const { stride } = this.plan;
    for (let step = stride; step <= steps && ensemble.advance(stride) === stride; step += stride) {
      if (step > START_DISCARDED * steps) this.record({ ensemble, of, recorder, pairs }, true);
      yield;
    }
    this.trained = pairs.range(...COVERED);
  }

  /** Fills the windows, one on each side at a time. */
  private async *grow(pairs: PairStore): AsyncGenerator<void, void, void> {
    const { plan, lab } = this;
    const share = (GROWTH_SHARE * lab.budget) / plan.windows.length;
    const steps = Math.floor(share / (WALKERS * this.perStep(this.moves)));
    let stage: Stage = 'first';
    for (let fresh = windowsWithin(plan, pairs.range(...COVERED)); fresh.length > 0; fresh = this.beside()) {
      const model = yield* this.fit(pairs.all(), nodesAbout(plan, fresh), stage);
      stage = 'growth';
      yield* this.lift(fresh, model, { steps, recorder: this.recorder, pairs });
      this.phase = 'estimate';
      yield;
    }
  }

  /** All windows at once, from the last states of their walkers; the model is trained anew between rounds. */
  private async *refresh(growth: PairStore): AsyncGenerator<void, void, void> {
    const { plan, lab } = this;
    const of = windowOfEach([...plan.windows.keys()], WALKERS);
    const ensemble = lab.restrained(of.length);
    const snapshots = this.snapshots.filter((snapshot) => snapshot !== null);
    ensemble.place(mergedWalkers(snapshots, WALKERS));
    hold(ensemble, plan, of);
    this.shown = { ensemble, of, marks: new Uint8Array(of.length).fill(MARK.healed) };
    const total = Math.floor((lab.budget - lab.spent) / (of.length * this.perStep(true)));
    const recorder = this.anew();
    let recent: readonly PairStore[] = [growth];
    for (let round = 1; round <= plan.rounds; round++) {
      this.model = yield* this.fit(joined(recent), nodesOverAll(plan), 'refresh');
      this.round = round;
      const from = Math.floor((total * (round - 1)) / plan.rounds);
      const to = Math.floor((total * round) / plan.rounds);
      const pairs = new PairStore(PAIRS_OF_ROUND, ((to - from) / plan.stride) * of.length);
      const settling = Math.max(0, Math.ceil(ROUNDS_DISCARDED * total) - from);
      yield* this.run({ ensemble, of, steps: to - from, healing: 0, settling, recorder, pairs });
      recent = [...recent.filter((store) => store !== growth), pairs].slice(-2);
    }
  }

  /** The plain loop: every window generated once more by a model of all data, and what is left of the budget. */
  private async *liftAll(pairs: PairStore): AsyncGenerator<void, void, void> {
    const { plan, lab } = this;
    const model = yield* this.fit(pairs.all(), nodesOverAll(plan), 'refresh');
    const windows = [...plan.windows.keys()];
    const steps = lab.stepsLeft(windows.length * WALKERS);
    this.round = 1;
    yield* this.lift(windows, model, { steps, recorder: this.anew(), pairs: new PairStore(0, steps) });
  }

  private async *fit(data: Pairs, nodes: Float64Array, stage: Stage): AsyncGenerator<void, Proposer, void> {
    this.phase = 'train';
    yield;
    const model = yield* this.source.fit(data, nodes, stage);
    this.trained = new PairStore().with(data).range(...COVERED);
    return model;
  }

  /** Visits of the windows alone: weights that froze while windows were filled are left out. */
  private anew(): Recorder {
    return new Recorder(this.plan.windows, recorderOptions(this.lab, this.plan, WALKERS));
  }

  /** Generates the walkers of these windows and runs them. */
  private async *lift(
    windows: readonly number[],
    model: Proposer,
    { steps, recorder, pairs }: Pick<Leg, 'steps' | 'recorder' | 'pairs'>,
  ): AsyncGenerator<void, void, void> {
    const { plan, lab } = this;
    this.phase = 'generate';
    const of = windowOfEach(windows, WALKERS);
    const ensemble = lab.restrained(of.length);
    const { recorder: known, draws } = this;
    ensemble.place(
      await generatedStates(windows, WALKERS, { plan, kT: lab.kT, recorder: known, model, draws }),
    );
    checkSprings(lab, plan, ensemble.states(), of);
    hold(ensemble, plan, of);
    this.shown = { ensemble, of, marks: new Uint8Array(of.length).fill(MARK.generated) };
    yield;
    this.model = model;
    const healing = HEALING * steps;
    yield* this.run({ ensemble, of, steps, healing, settling: healing, recorder, pairs });
    const numbers = ensemble.snapshot();
    windows.forEach((k, i) => {
      this.snapshots[k] = cutWalkers(numbers, of.length, i * WALKERS, WALKERS);
    });
  }

  private async *run(leg: Leg): AsyncGenerator<void, void, void> {
    const { ensemble, steps, healing, settling } = leg;
    const { plan } = this;
    this.phase = 'run';
    for (let step = 0; step < steps; ) {
      const asked = Math.min(plan.stride, steps - step);
      if (ensemble.advance(asked) < asked) return;
      step += asked;
      if (step > healing) this.record(leg, step > settling);
      if (this.moves && this.model && isMoveDue(step, plan)) await this.move(ensemble, this.model);
      yield;
    }
  }

  /** @param counts whether F is to know */
  private record({ ensemble, of, recorder, pairs }: Seen, counts: boolean): void {
    const places = placesOf(ensemble, this.plan);
    const walkers = WALKERS;
    pairs.add(places);
    this.shown.marks.forEach((mark, w, marks) => {
      if (mark === MARK.generated) marks[w] = MARK.healed;
    });
    if (!counts) return;
    recorder.add(
      places.cv,
      places.rest,
      of,
      Uint8Array.from(of, (_, w) => w % walkers),
    );
    // Until there is something new, F is what it was.
    this.recorder = recorder;
  }

  private async move(ensemble: BiasedEnsemble, model: Proposer): Promise<void> {
    const { lab, plan, draws } = this;
    const { walkers } = ensemble;
    if (lab.budget - lab.spent < ENERGIES * walkers) return;
    const places = placesOf(ensemble, plan);
    const energy = (rest: Float64Array) => {
      const out = new Float64Array(walkers);
      lab.charge(walkers);
      lab.model.energy(statesAt({ ...places, rest }, plan), walkers, out);
      return out;
    };
    const moved = await metropolisMove(places, model, { energy, kT: lab.kT, draws });
    plan.rests.forEach((d, k) => {
      ensemble.set(lab.model.state[d], moved.rest.subarray(k * walkers, (k + 1) * walkers));
    });
    this.acceptance.add(places.cv, moved.accepted);
    const { marks } = this.shown;
    moved.accepted.forEach((accepted, w) => {
      if (accepted) marks[w] = MARK.accepted;
    });
  }

  /** Evaluations of a walker for each step. */
  private perStep(moves: boolean): number {
    const { plan, lab } = this;
    return lab.integrator.forces + (moves ? ENERGIES / plan.every : 0);
  }

  private beside(): number[] {
    return windowsBeside(this.snapshots.map((snapshot) => snapshot !== null));
  }

  view(): CoupledView {
    const { shown, plan, lab } = this;
    const { ensemble, of, marks } = shown;
    return {
      phase: this.phase,
      round: this.round,
      rounds: this.moves ? plan.rounds : 1,
      walkers: {
        dimension: lab.model.dimension,
        values: rowsOf(ensemble.coordinates(), ensemble.walkers),
      },
      of: of.slice(),
      marks: marks.slice(),
      windows: plan.windows.map((window, k) => ({ ...window, covered: this.snapshots[k] !== null })),
      acceptance: this.acceptance.summary(),
      trained: this.trained,
    };
  }

  dispose(): void {
    this.source.trainer?.dispose();
  }
}

/** A method that goes through the loop with this model. */
export function coupledMethod({
  model,
  moves,
  ...rest
}: Pick<CoupledMethod, 'order' | 'moves'> & { readonly model: ProposalModel }): CoupledMethod {
  return {
    ...rest,
    model,
    walkers: WALKERS,
    windows: true,
    moves,
    begin: (context) =>
      new CoupledLoop({ ...context, moves: moves && context.moves }, sourceOf(model, context)),
  };
}

function joined(stores: readonly PairStore[]): Pairs {
  const all = new PairStore();
  for (const store of stores) all.with(store.all());
  return all.all();
}
