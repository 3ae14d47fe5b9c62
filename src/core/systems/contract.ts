/** Contracts of the families. A member is one file with a default export; its file name is its id. */

import type { Message } from '../message.ts';
import type { Experiment } from '../params/experiment.ts';
import type { NumberSpec, ParamSpecs, ParamValues } from '../params/params.ts';
import type { LearnedCoordinate } from './learned-cv.ts';

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
 * exact distributions, whatever the number of sites.
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
  /** Its file name, which the catalogue adds. */
  readonly id?: string;
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
  /** What makes it useless at these parameters, where that depends on them. */
  readonly problem?: (params: ParamValues) => Message | null;
  /** Name of the minimum from which walkers start, or where they start. */
  readonly start: OfParams<string | readonly number[]>;
  readonly arrival?: OfParams<Arrival>;
  readonly averaged?: Averaged;
  /** A slow variable learned from its states; an experiment adds it. */
  readonly learned?: LearnedCoordinate;
  /** Scales of this system for shared settings, by query key. */
  readonly suggest: Readonly<Record<string, Suggestion | { readonly default: readonly number[] }>>;
}

/** What is looked up of systems: all of them by id, and slow variables learned of them. */
export interface SystemFamilies {
  readonly systems: Readonly<Record<string, System>>;
  /** The slow variable that the diffusion map of an experiment gives; takes seconds unless it is remembered. */
  readonly learned: (experiment: Experiment) => LearnedCoordinate;
}
