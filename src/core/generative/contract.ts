/** Contracts of noise schedules and generators: a member is one file `<id>.schedule.ts` or `<id>.generator.ts` with a default export. */
import type { ParamSpecs, Values } from '../params/params.ts';

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
  /** Distribution of t in training: the time that belongs to a number drawn from N(0, 1), growing with it. */
  trainingTime(normal: number): number;
  /** `count` times from `first` to `last`, both included, spaced as is usual for this schedule. */
  times(count: number, first: number, last: number): Float64Array;
}

/** A noise schedule; with its parameters it is a `Path`. */
export interface Schedule<S extends ParamSpecs = ParamSpecs> {
  readonly cite?: string;
  readonly params: S;
  path(params: Values<S>): Path;
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
export interface Generator<S extends ParamSpecs = ParamSpecs> {
  readonly cite?: string;
  readonly params: S;
  /**
   * Weak order in the step size, 1 / steps: how fast means and covariances of the samples of an exact denoiser converge.
   */
  order(params: Values<S>): number;
  /** Ratio at which generation starts: the caller draws y from N(0, initialSigma^2). */
  initialSigma(params: Values<S>, path: Path): number;
  /**
   * Yields after every denoiser evaluation, so that the caller may pause or stop; returns the samples. A batch made before an
   * evaluation is not used after the next evaluation but one, so that the caller may free it.
   */
  generate<B>(y: B, diffusion: Diffusion<B>, params: Values<S>): Iterator<B, B, void>;
}

export interface GenerativeFamilies {
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly generators: Readonly<Record<string, Generator>>;
}
