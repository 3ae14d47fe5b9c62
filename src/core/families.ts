/** Contracts of the families. A member is one file with a default export; its file name is its id. */
import type { StepBuilder, Vector } from './dynamics.ts';
import type { Experiment } from './experiment.ts';
import type { LearnedCoordinate } from './learned-cv.ts';
import type { Method } from './method.ts';
import type { NumberSpec, ParamSpecs, ParamValues } from './params.ts';

/** A number spec as a system adjusts it to its own scales. */
export type Suggestion = Partial<Pick<NumberSpec, 'default' | 'min' | 'max' | 'step' | 'limits' | 'scale'>>;

/** What a system states once, or builds from its parameters. */
export type OfParams<T> = T | ((params: ParamValues) => T);

export type Domain = readonly (readonly [number, number])[];

export interface CollectiveVariable {
  readonly id: string;
  readonly label: string;
  /** Expression in the coordinates and parameters. */
  readonly value: string;
  /** Range of plots, histograms and the slider; one period if it is periodic. */
  readonly range: readonly [number, number];
  readonly periodic?: boolean;
}

export interface StationaryPoint {
  /** What the page calls it, e.g. `upper left`. */
  readonly name: string;
  readonly at: readonly number[];
  /** Energy there at the default parameters. */
  readonly energy: number;
}

/** Facts at the default parameters; the contract test derives every one of them again. */
export interface Facts {
  readonly minima: readonly StationaryPoint[];
  readonly saddles: readonly StationaryPoint[];
}

/**
 * Dynamics in hidden coordinates of which the system's own are functions, by a map that keeps volumes. Energy and mobility
 * are stated in the hidden coordinates.
 */
export interface Hidden {
  readonly coordinates: readonly string[];
  /** The system's coordinates as expressions in the hidden ones. */
  readonly observe: readonly string[];
  /** The hidden coordinates as expressions in the system's. */
  readonly recover: readonly string[];
}

/** Equation of the slow variable z in the limit of infinitely fast others: dz = -m A'(z) dt + sqrt(2 kT m) dW. */
export interface Averaged {
  /** Which cv is z. */
  readonly cv: string;
  /** A, an expression in z, kT and the parameters. */
  readonly energy: string;
  /** m, likewise. */
  readonly mobility: string;
}

/**
 * A periodic chain of equal sites with bonds between neighbours. The energy is built from it (`chainEnergy`), and so are its
 * exact laws, whatever the number of sites.
 */
export interface Chain {
  /** Parameter that holds the number of sites. */
  readonly sites: string;
  /** Energy of a site, an expression in u and the parameters. */
  readonly site: string;
  /** Energy of a bond, an expression in u, v and the parameters that is symmetric in u and v. */
  readonly bond: string;
}

/** What arrival means for first passages: within `radius` of a minimum (in one dimension: as far as there). */
export interface Arrival {
  readonly minimum: string;
  readonly radius: number;
}

/**
 * A dynamical system. One with a potential states its energy expression and nothing else of the physics: gradient, TeX,
 * exact references and engines are derived from it; its dynamics are dq = -M grad U dt + sqrt(2 kT M) dW. One without a
 * potential states drift and noise: dq = drift dt + noise dW.
 */
export interface System {
  readonly title: string;
  /** One line: what it teaches. */
  readonly teaches: string;
  readonly cite?: string;
  readonly coordinates: OfParams<readonly string[]>;
  /** Plotted range of each coordinate. */
  readonly domain: OfParams<Domain>;
  /** Coordinates whose domain is one period. */
  readonly periodic?: readonly string[];
  /** Its parameters; those of a typed system follow from its text. */
  readonly params: OfParams<ParamSpecs>;
  /** Potential energy in the (hidden) coordinates and parameters. */
  readonly energy?: OfParams<string>;
  /** Drift of each coordinate, where there is no potential. */
  readonly drift?: readonly string[];
  /** Amplitude of dW of each coordinate, where there is no potential. */
  readonly noise?: readonly string[];
  /** Mobility of each (hidden) coordinate, expressions in the parameters; 1 when absent. */
  readonly mobility?: OfParams<readonly string[]>;
  readonly hidden?: Hidden;
  readonly chain?: Chain;
  readonly cvs: OfParams<readonly CollectiveVariable[]>;
  readonly facts: OfParams<Facts>;
  /** Name of the minimum from which walkers start, or where they start. */
  readonly start: OfParams<string | readonly number[]>;
  readonly arrival?: OfParams<Arrival>;
  readonly averaged?: Averaged;
  /** A slow variable learned from its states; an experiment adds it. */
  readonly learned?: LearnedCoordinate;
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
 * How data are noised: x(t) = alpha(t) x0 + sigma(t) noise solves dx = f x dt + g dW. What matters to a denoiser is
 * y = x / alpha = x0 + ratio noise, with ratio = sigma / alpha the noise in units of the data.
 */
export interface Path {
  /** Times of least and of most noise. */
  readonly range: readonly [number, number];
  alpha(t: number): number;
  sigma(t: number): number;
  /** f = d log alpha / dt */
  drift(t: number): number;
  /** g, with g^2 = d sigma^2 / dt - 2 f sigma^2 */
  diffusion(t: number): number;
  /** Time at which sigma / alpha is `ratio`, for a ratio of the range. */
  time(ratio: number): number;
  /** Law of t in training: the time that belongs to a number drawn from N(0, 1), growing with it. */
  trainingTime(normal: number): number;
  /** `count` times from `first` to `last`, both included, spaced as is usual for this schedule. */
  times(count: number, first: number, last: number): Float64Array;
}

/** A noise schedule; with its parameters it is a `Path`. */
export interface Schedule {
  readonly title: string;
  readonly cite?: string;
  readonly params: ParamSpecs;
  path(params: ParamValues): Path;
}

/**
 * Denoiser D(y; ratio) = E[x0 | x0 + ratio noise = y]. Networks, exact denoisers and training-free ones all meet here.
 * The score of the density of y is (D(y; ratio) - y) / ratio^2, that of x(t) is (alpha D(x / alpha; sigma / alpha) - x) / sigma^2.
 */
export type Denoiser<B> = (y: B, ratio: number) => B;

/** What a generator works with. */
export interface Diffusion<B> {
  readonly denoiser: Denoiser<B>;
  readonly algebra: BatchAlgebra<B>;
  readonly path: Path;
  /** A fresh batch of standard normals, a function of the sample and of how many were drawn before. */
  noise(): B;
}

/** Turns noise into samples. Works on standardised data (mean 0, standard deviation 1), in y = x / alpha. */
export interface Generator {
  readonly title: string;
  readonly cite?: string;
  readonly params: ParamSpecs;
  /**
   * Weak order in the step size, 1 / steps: how fast means and covariances of the samples of an exact denoiser converge.
   */
  order(params: ParamValues): number;
  /** Ratio at which generation starts: the caller draws y from N(0, initialSigma^2). */
  initialSigma(params: ParamValues, path: Path): number;
  /**
   * Yields after every denoiser evaluation, so that the caller may pause or stop; returns the samples. A batch made before an
   * evaluation is not used after the next evaluation but one, so that the caller may free it.
   */
  generate<B>(y: B, diffusion: Diffusion<B>, params: ParamValues): Iterator<B, B, void>;
}

/** Every family by id. */
export interface Families {
  readonly systems: Readonly<Record<string, System>>;
  readonly integrators: Readonly<Record<string, Integrator>>;
  readonly methods: Readonly<Record<string, Method>>;
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly generators: Readonly<Record<string, Generator>>;
  /** The slow variable that the diffusion map of an experiment gives; takes seconds unless it is remembered. */
  readonly learned: (experiment: Experiment) => LearnedCoordinate;
}
