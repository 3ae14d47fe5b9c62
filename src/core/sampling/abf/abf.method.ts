/** The mean force along the slow variable is measured and taken away. */

import { wrapped } from '../../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import type { Finding, Warning, WeightedStates } from '../../estimators/finding.ts';
import { binOf } from '../../estimators/histogram.ts';
import type { Interpreter } from '../../expression/interpret.ts';
import { SPLINE_TABLE, SplineBias } from '../../expression/spline.ts';
import { freeEnergyError } from '../../metrics/free-energy-error.ts';
import { rowsOf } from '../../numerics/layout.ts';
import type { FreeEnergyEstimate } from '../../numerics/results.ts';
import { linspace } from '../../numerics/results.ts';
import { count } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import { message } from '../messages.ts';
import type { BiasView, Method, MethodRun } from '../method.ts';
import { moreBudget, RangeVisits } from '../range-visits.ts';
import { SampleStore } from '../sample-store.ts';
import { Trail } from '../trail.ts';
import { ForceProfile } from './force-profile.ts';
import { meanForceProgram } from './mean-force.ts';

/** Samples between two updates of the bias. */
const UPDATE = 4;
const TRACED = 3;
/** Groups from whose spread errors are told: walkers, or pieces of their time where they are few. */
const FEWEST_GROUPS = 8;
/** F that moved in the second half of a run by so many stated errors, and by so many kT, has not settled. */
const MOVED_ERRORS = 1.25;
const MOVED = 0.12;

interface Settings {
  readonly walkers: number;
  readonly bins: number;
  readonly fullSamples: number;
  readonly interval: number;
}

class AbfRun implements MethodRun {
  private readonly ensemble: BiasedEnsemble;
  private readonly bias: SplineBias;
  private readonly profile: ForceProfile;
  private readonly program: Interpreter | null;
  private readonly samples: SampleStore;
  private readonly visits: RangeVisits;
  private readonly paths: readonly Trail[];
  private readonly full = new Trail();
  /** Cv of each walker, then its force. */
  private readonly measured: Float64Array;
  private readonly blocks: number;
  private taken = 0;
  /** F when half of the budget was spent. */
  private half: FreeEnergyEstimate | null = null;
  private lost = 0;

  constructor(
    private readonly lab: Lab,
    private readonly settings: Settings,
  ) {
    const { walkers, bins, fullSamples, interval } = settings;
    const { cv, model, kT } = lab;
    this.bias = new SplineBias([{ range: cv.range, cells: bins, periodic: cv.periodic ?? false }]);
    this.ensemble = lab.ensemble(walkers, { bias: this.bias, cvs: [cv.value] });
    this.program = meanForceProgram(model, cv.value, kT);
    this.blocks = Math.ceil(FEWEST_GROUPS / walkers);
    this.profile = new ForceProfile(cv, bins, walkers * this.blocks, fullSamples, kT);
    this.samples = new SampleStore(model.dimension, Math.ceil(lab.stepsLeft(walkers) / interval), walkers);
    this.visits = new RangeVisits(cv);
    this.paths = Array.from({ length: Math.min(TRACED, walkers) }, () => new Trail());
    this.measured = new Float64Array(2 * walkers);
  }

  *steps(): Generator<void, void, void> {
    const { ensemble, lab, settings } = this;
    while (ensemble.advance(settings.interval) > 0) {
      // A force at the walkers' new places: one evaluation for each, if the budget still holds them.
      if (lab.budget - lab.spent < settings.walkers) return;
      lab.charge(settings.walkers);
      this.measure();
      if (++this.taken % UPDATE !== 0) continue;
      if (!this.half && 2 * lab.spent >= lab.budget) this.half = this.profile.freeEnergy(FREE_ENERGY_BINS);
      this.profile.writeBias(this.bias);
      ensemble.setTable(SPLINE_TABLE, this.bias.coefficients);
      this.full.add(lab.spent, 100 * this.profile.full);
      yield;
    }
  }

  private measure(): void {
    const { ensemble, program, measured, lab, blocks } = this;
    const { walkers } = this.settings;
    if (!program) return;
    program.evaluate(ensemble.states(), walkers, measured);
    const block = Math.min(blocks - 1, Math.floor((blocks * lab.spent) / lab.budget));
    for (let w = 0; w < walkers; w++) {
      measured[w] = wrapped(measured[w], lab.cv);
      const force = measured[walkers + w];
      this.visits.add(measured[w]);
      this.profile.add(w * blocks + block, measured[w], force);
      if (!Number.isFinite(force)) this.lost++;
    }
    this.samples.add(ensemble.coordinates(), measured);
    this.paths.forEach((path, w) => {
      path.add(lab.spent, measured[w]);
    });
  }

  view(): BiasView {
    const { lab, profile, bias } = this;
    const { walkers, bins } = this.settings;
    const x = linspace(...lab.cv.range, bins + 1);
    return {
      phase: message('phase-abf', { share: profile.full }),
      walkers: { dimension: lab.model.dimension, values: rowsOf(this.ensemble.coordinates(), walkers) },
      of: new Uint16Array(walkers),
      windows: [],
      bias: { x, y: x.map((value) => bias.at(value) / lab.kT) },
      traces: [
        ...this.paths.map((path, w) => ({
          label: message('trace-walker', { walker: w }),
          axis: message('axis-cv', { cv: lab.cv.label }),
          series: path.series(),
        })),
        {
          label: message('trace-full-bias', {}),
          axis: message('axis-percent', {}),
          series: this.full.series(),
        },
      ],
    };
  }

  estimate(thorough: boolean): Finding {
    const { profile, visits, lab } = this;
    const found = profile.freeEnergy(FREE_ENERGY_BINS);
    const closure = profile.closure();
    return {
      estimator: 'mean force',
      freeEnergy: found.F.some(Number.isFinite) ? found : null,
      windows: [],
      overlap: null,
      warnings: [
        ...visits.warnings(lab, (bin) => Number.isNaN(found.F[bin])),
        ...(thorough ? this.unsettled(found) : []),
      ],
      weighted: this.weighted(profile.freeEnergy(this.settings.bins)),
      figures: {
        forceSamples: profile.samples.reduce((sum, n) => sum + n, 0),
        binsAtFullBias: profile.full,
        singularSamples: this.lost,
        ...(closure && { closure: closure.value, closureStderr: closure.stderr }),
      },
    };
  }

  /**
   * All walkers share what the slow variable hides from them, so that their spread does not tell of it; that the mean over all
   * of them still moves does.
   */
  private unsettled(found: FreeEnergyEstimate): Warning[] {
    const { budget, cv } = this.lab;
    const { half } = this;
    const both = found.F.map((value, bin) => (Number.isFinite(half?.F[bin]) ? value : Number.NaN));
    const moved = half && freeEnergyError(half, { cv: found.cv, F: both })?.rmse;
    const known = found.stderr.filter(Number.isFinite);
    const stated = Math.sqrt(known.reduce((sum, error) => sum + error * error, 0) / known.length);
    if (moved == null || moved < MOVED || !(moved > MOVED_ERRORS * stated)) return [];
    const values = { moved, stderr: stated, cv: cv.label };
    return [
      { id: 'slow-beside', message: message('mean-force-still-moving', values), offer: moreBudget(budget) },
    ];
  }

  /** Within a bin the samples are as in equilibrium; each bin weighs exp(-F). States in bins without F are left out. */
  private weighted({ F }: FreeEnergyEstimate): WeightedStates {
    const { dimension, values } = this.samples.points();
    const walkers = this.samples.walkers();
    const bins = this.samples.cv().map((z) => binOf(z, ...this.lab.cv.range, F.length));
    const counts = new Float64Array(F.length);
    for (const bin of bins) if (bin >= 0) counts[bin]++;
    const rows = [...bins.keys()].filter((row) => bins[row] >= 0 && Number.isFinite(F[bins[row]]));
    const states = new Float32Array(rows.length * dimension);
    rows.forEach((row, k) => {
      states.set(values.subarray(row * dimension, (row + 1) * dimension), k * dimension);
    });
    return {
      states: { dimension, values: states },
      logWeights: Float64Array.from(rows, (row) => -F[bins[row]] - Math.log(counts[bins[row]])),
      groups: Int32Array.from(rows, (row) => walkers[row]),
    };
  }
}

const params = {
  walkers: count(16, [1, 128], { limits: [1, 1024] }),
  bins: count(100, [20, 400], { limits: [10, 1000] }),
  fullSamples: count(200, [10, 5000], { limits: [1, 1e6] }),
  interval: count(10, [1, 200], { limits: [1, 1e5] }),
} satisfies ParamSpecs;

const method: Method<typeof params> = {
  cite: 'Darve, Pohorille, J. Chem. Phys. 115, 9169 (2001); Comer et al., J. Phys. Chem. B 119, 1129 (2015)',
  flattens: true,
  params: () => params,
  begin: (lab, settings) => new AbfRun(lab, settings),
};

export default method;
