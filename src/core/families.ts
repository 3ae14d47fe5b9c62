/** Contracts of the families. A member is one file with a default export; its file name is its id. */
import type { StepBuilder, Vector } from './dynamics.ts';
import type { NumberSpec, ParamSpecs, ParamValues } from './params.ts';

/** A number spec as a system adjusts it to its own scales. */
export type Suggestion = Partial<Pick<NumberSpec, 'default' | 'min' | 'max' | 'step' | 'limits' | 'scale'>>;

export interface CollectiveVariable {
  readonly id: string;
  readonly label: string;
  /** Expression in the coordinates and parameters. */
  readonly value: string;
  /** Range of plots, histograms and the slider. */
  readonly range: readonly [number, number];
}

export interface StationaryPoint {
  /** What the page calls it, e.g. `upper left`. */
  readonly name: string;
  readonly at: readonly number[];
  /** Energy there at the default parameters. */
  readonly energy: number;
}

/**
 * A dynamical system with a potential. The energy expression is the single statement of the physics: gradient, TeX,
 * exact references and engines are derived from it. Overdamped dynamics dq = -M grad U dt + sqrt(2 kT M) dW.
 */
export interface System {
  readonly title: string;
  /** One line: what it teaches. */
  readonly teaches: string;
  readonly cite?: string;
  readonly coordinates: readonly string[];
  /** Plotted range of each coordinate. */
  readonly domain: readonly (readonly [number, number])[];
  readonly params: Readonly<Record<string, NumberSpec>>;
  /** Potential energy in the coordinates and parameters. */
  readonly energy: string | ((params: ParamValues) => string);
  /** Mobility of each coordinate, expressions in the parameters; 1 when absent. */
  readonly mobility?: readonly string[];
  readonly cvs: readonly CollectiveVariable[];
  /** Facts at the default parameters; the contract test derives every one of them again. */
  readonly facts: {
    readonly minima: readonly StationaryPoint[];
    readonly saddles: readonly StationaryPoint[];
  };
  /** Name of the minimum from which walkers start. */
  readonly start: string;
  /** Scales of this system for shared settings, by query key. */
  readonly suggest: Readonly<Record<string, Suggestion | { readonly default: readonly number[] }>>;
}

/**
 * One time step, stated as arithmetic on nodes of the expression graph, so that every engine runs the same step. `dt` is an
 * ordinary parameter, declared by every member. The noise amplitude follows from kT and mobility or friction here.
 */
export interface Integrator {
  readonly title: string;
  readonly cite?: string;
  /** Weak order in dt of the invariant density of the configuration; null for steps that leave it exactly invariant. */
  readonly order: number | null;
  readonly params: Readonly<Record<string, NumberSpec>>;
  /** Numbers per coordinate that a step hands to the next, zero at the start. */
  readonly memory?: readonly string[];
  /** The step draws `uniform` and keeps a count `accepted`; such steps leave the density exactly invariant. */
  readonly acceptance?: boolean;
  /** Force (or energy) evaluations that a step of a walker needs. */
  readonly forces: number;
  /** New values of `q`, of each memory, and (`[node]`) of `accepted`. */
  step(builder: StepBuilder): Readonly<Record<string, Vector>>;
}

/** Linear algebra on batches of states, wherever they live (typed arrays, GPU tensors). */
export interface BatchAlgebra<B> {
  /** sum of coefficient * batch */
  combine(terms: readonly (readonly [number, B])[]): B;
}

/**
 * Denoiser D(x; sigma) = E[x0 | x0 + sigma noise = x]. Networks, exact denoisers and training-free ones all meet here.
 * The score of the noised density is (D(x; sigma) - x) / sigma^2.
 */
export type Denoiser<B> = (x: B, sigma: number) => B;

/** Turns noise into samples. Works on standardised data (mean 0, standard deviation 1). */
export interface Generator {
  readonly title: string;
  readonly cite?: string;
  readonly params: ParamSpecs;
  /** Noise level at which generation starts: the caller draws x from N(0, initialSigma^2). */
  initialSigma(params: ParamValues): number;
  /**
   * Yields after every denoiser evaluation, so that the caller may pause, free memory or stop; returns the samples.
   */
  generate<B>(
    x: B,
    denoiser: Denoiser<B>,
    algebra: BatchAlgebra<B>,
    params: ParamValues,
  ): Iterator<B, B, void>;
}

/** Every family by id. */
export interface Families {
  readonly systems: Readonly<Record<string, System>>;
  readonly integrators: Readonly<Record<string, Integrator>>;
  readonly generators: Readonly<Record<string, Generator>>;
}
