/**
 * Replica exchange in temperature (Swendsen, Wang, Phys. Rev. Lett. 57, 2607 (1986), doi 10.1103/PhysRevLett.57.2607; Hukushima,
 * Nemoto, J. Phys. Soc. Jpn. 65, 1604 (1996), doi 10.1143/JPSJ.65.1604). Temperatures are swapped between walkers, so that the
 * path of each walker is continuous. Samples of all temperatures are weighted to kT by MBAR.
 */

import { NO_BIAS } from '../../dynamics/bias-term.ts';
import { KT } from '../../dynamics/step-of-system.ts';
import type { Finding, Warning } from '../../estimators/finding.ts';
import { stateInput } from '../../expression/inputs.ts';
import { rowsOf } from '../../numerics/layout.ts';
import { count, number, whole } from '../../params/make.ts';
import type { ParamSpecs, Values } from '../../params/params.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import { message } from '../messages.ts';
import type { BiasView, Method, MethodContext, MethodRun } from '../method.ts';
import { moreBudget } from '../range-visits.ts';
import { SampleStore } from '../sample-store.ts';
import { Trail } from '../trail.ts';
import { type ReplicaSamples, replicaEstimate } from './estimate.ts';
import { geometricLadder, TemperatureLadder } from './temperature-ladder.ts';

const MOST_REPLICAS = 64;
/** Neighbours that swap less often than this are as good as cut off. */
const LEAST_RATE = 0.02;
/** Attempts before a rate is judged. */
const ENOUGH_ATTEMPTS = 100;
const TRACED = 2;

type Settings = Values<ReturnType<typeof params>>;

class ReplicaExchangeRun implements MethodRun {
  private readonly ladder: TemperatureLadder;
  private readonly ensemble: BiasedEnsemble;
  private readonly samples: SampleStore;
  private readonly energies: Float64Array;
  private readonly trails: readonly Trail[];
  /** Force and energy evaluations from one attempt to the next. */
  private readonly perAttempt: number;

  constructor(
    private readonly lab: Lab,
    private readonly settings: Settings,
  ) {
    const { replicas, highestTemperature, copies, interval } = settings;
    const temperatures = geometricLadder(lab.kT, highestTemperature, replicas);
    this.ladder = new TemperatureLadder(temperatures, copies, lab.random('replica exchange'));
    const { walkers } = this.ladder;
    this.ensemble = lab.ensemble(walkers, { bias: NO_BIAS, cvs: [], ownTemperature: true });
    this.ensemble.set(KT, this.ladder.kT());
    this.perAttempt = walkers * (interval * lab.integrator.forces + 1);
    const frames = Math.floor(lab.budget / this.perAttempt);
    this.samples = new SampleStore(lab.model.dimension, frames, walkers);
    this.energies = new Float64Array(walkers * (1 + Math.ceil(frames / this.samples.thinning)));
    this.trails = Array.from({ length: TRACED }, () => new Trail());
  }

  *steps(): Generator<void, void, void> {
    const { ensemble, lab, ladder, samples } = this;
    // Without a potential there is nothing to compare; the run says so.
    if (lab.model.energyNode === null) return;
    while (lab.budget - lab.spent >= this.perAttempt) {
      ensemble.advance(this.settings.interval);
      const energies = ensemble.energies();
      const q = ensemble.coordinates();
      const before = samples.count;
      samples.add(q, ensemble.values(lab.cv.value, q), ladder.level);
      if (samples.count > before) this.energies.set(energies, before);
      this.exchange(energies);
      yield;
    }
    ensemble.advance(this.settings.interval);
  }

  private exchange(energies: Float64Array): void {
    const { ensemble, lab, ladder } = this;
    const before = ladder.kT();
    ladder.exchange(energies);
    const after = ladder.kT();
    ensemble.set(KT, after);
    if (lab.integrator.memory?.includes('velocity'))
      for (let d = 0; d < lab.model.state.length; d++) {
        const velocity = ensemble.get(stateInput('velocity', d));
        ensemble.set(
          stateInput('velocity', d),
          velocity.map((v, w) => v * Math.sqrt(after[w] / before[w])),
        );
      }
    this.trails.forEach((trail, w) => {
      trail.add(lab.spent, after[w] / lab.kT);
    });
  }

  view(): BiasView {
    const { ensemble, ladder, lab, trails } = this;
    return {
      phase: message('phase-tempering', {}),
      walkers: { dimension: lab.model.dimension, values: rowsOf(ensemble.coordinates(), ladder.walkers) },
      of: ladder.level.slice(),
      windows: [],
      bias: null,
      traces: trails.map((trail, w) => ({
        label: message('trace-walker', { walker: w }),
        axis: message('axis-temperature', {}),
        series: trail.series(),
      })),
    };
  }

  estimate(thorough: boolean): Finding {
    const { ladder, lab, samples } = this;
    const collected: ReplicaSamples = {
      cv: lab.cv,
      temperatures: ladder.temperatures,
      walkers: ladder.walkers,
      samples,
      energies: this.energies,
      discard: this.settings.discard,
    };
    const { freeEnergy, overlap, weighted, group } = replicaEstimate(collected, thorough);
    const [rates, trips] = [ladder.exchangeRates(), ladder.roundTrips];
    return {
      estimator: 'mbar',
      freeEnergy,
      windows: [],
      overlap,
      warnings: [...this.cutOff(rates, group), ...this.untravelled()],
      weighted,
      figures: {
        temperatures: Array.from(ladder.temperatures),
        exchangeRates: rates.filter(Number.isFinite),
        roundTrips: trips,
        ...(trips > 0 ? { meanRoundTripEvaluations: lab.spent / trips } : {}),
      },
    };
  }

  /** @param group rungs whose samples reach down to kT */
  private cutOff(rates: readonly number[], group: readonly number[]): Warning[] {
    const { ladder, settings, lab } = this;
    const apart = rates.flatMap((rate, pair) =>
      ladder.attemptsOf(pair) >= ENOUGH_ATTEMPTS && rate < LEAST_RATE ? [pair] : [],
    );
    if (apart.length === 0) return [];
    const worst = apart.reduce((a, b) => (rates[b] < rates[a] ? b : a));
    const [low, high] = [worst, worst + 1].map((k) => ladder.temperatures[k] / lab.kT);
    const leftOut = group.length < rates.length + 1;
    const more = Math.min(MOST_REPLICAS, 2 * settings.replicas - 1);
    const lower = Number(Math.sqrt(settings.highestTemperature).toPrecision(2));
    const values = { low, high, others: apart.length - 1, rate: rates[worst], leftOut };
    const offer: Warning['offer'] =
      more > settings.replicas
        ? { label: message('offer-replicas', { replicas: more }), changes: { 'method.replicas': more } }
        : {
            label: message('offer-highest-temperature', { factor: lower }),
            changes: { 'method.highestTemperature': lower },
          };
    return [{ id: 'disconnected', message: message('replicas-disconnected', values), offer }];
  }

  private untravelled(): Warning[] {
    const { ladder, lab } = this;
    if (ladder.roundTrips > 0) return [];
    return [{ id: 'few-samples', message: message('no-round-trips', {}), offer: moreBudget(lab.budget) }];
  }
}

/** Many coordinates need closer temperatures: energies overlap less. */
const FEW_COORDINATES = 4;
const replicasFor = ({ system }: MethodContext) => (system.coordinates.length <= FEW_COORDINATES ? 6 : 8);

const params = (context: MethodContext) =>
  ({
    replicas: whole(replicasFor(context), [2, 16], { limits: [2, MOST_REPLICAS] }),
    highestTemperature: number(5, [1.5, 20], { unit: 'kT', limits: [1.01, 100], scale: 'log' }),
    copies: whole(4, [1, 16], { limits: [1, 256] }),
    interval: count(20, [5, 500], { limits: [1, 100_000] }),
    discard: number(0.1, [0, 0.5], { limits: [0, 0.9] }),
  }) satisfies ParamSpecs;

const method: Method<ReturnType<typeof params>> = {
  cite: 'Swendsen, Wang, Phys. Rev. Lett. 57, 2607 (1986)',
  params,
  begin: (lab, settings) => new ReplicaExchangeRun(lab, settings),
};

export default method;
