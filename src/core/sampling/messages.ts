/** What sampling has to tell a person. */
import type { Stretch } from '../estimators/messages.ts';
import { messages } from '../message.ts';

type None = Readonly<Record<string, never>>;

/** What a method is doing. */
interface PhaseMessages {
  readonly 'phase-direct': None;
  readonly 'phase-drag': None;
  readonly 'phase-windows': None;
  /** Share of the bins in which the whole mean force acts. */
  readonly 'phase-abf': { readonly share: number };
  /** Height in kT and steps between two hills of a walker. */
  readonly 'phase-hills': { readonly height: number; readonly pace: number };
  readonly 'phase-tempering': None;
  readonly 'phase-pull-start': None;
  readonly 'phase-pull-settling': { readonly end: 'near' | 'far' };
  readonly 'phase-pull': { readonly direction: 'there' | 'back' };
  readonly 'phase-pull-over': None;
}

/** Names of traces and of what they show. */
interface TraceMessages {
  readonly 'trace-walker': { readonly walker: number };
  readonly 'trace-dragged': None;
  readonly 'trace-full-bias': None;
  readonly 'trace-hill-height': None;
  readonly 'axis-cv': { readonly cv: string };
  readonly 'axis-percent': None;
  readonly 'axis-energy': None;
  readonly 'axis-work': None;
  readonly 'axis-temperature': None;
}

interface OfferMessages {
  readonly 'offer-more-budget': { readonly factor: number };
  readonly 'offer-slower-pull': { readonly factor: number };
  readonly 'offer-longer-settling': None;
  readonly 'offer-direct': None;
  readonly 'offer-integrator': { readonly integrator: string };
  readonly 'offer-time-step': { readonly dt: number };
  readonly 'offer-automatic-springs': None;
  readonly 'offer-windows-in-range': None;
  readonly 'offer-dragged-start': None;
  readonly 'offer-replicas': { readonly replicas: number };
  readonly 'offer-highest-temperature': { readonly factor: number };
}

/** Why a run cannot begin, or stops. */
interface ProblemMessages {
  readonly 'restraint-needs-budget': { readonly least: number };
  readonly 'restraint-unstable': {
    readonly dt: number;
    readonly step: number;
    readonly shorter: number;
    readonly cv: string;
  };
  readonly 'springs-and-windows-differ': { readonly springs: number; readonly windows: number };
  readonly 'low-above-high': { readonly low: number; readonly high: number };
  readonly 'bias-grid-too-large': {
    readonly width: number;
    readonly bins: number;
    readonly numbers: number;
    readonly most: number;
  };
  readonly 'pull-spring-too-stiff': {
    readonly spring: number;
    readonly dt: number;
    readonly stiffest: number;
    readonly safe: number;
  };
  readonly 'design-needs-potential': { readonly system: string };
  readonly 'design-needs-budget': { readonly least: number; readonly given: number };
}

/** What speaks against an estimate. */
interface WarningMessages {
  readonly 'bins-without-samples': {
    readonly empty: number;
    readonly bins: number;
    readonly cv: string;
    readonly stretches: readonly Stretch[];
  };
  readonly 'time-beyond-range': { readonly share: number; readonly cv: string };
  readonly 'no-equilibrium-distribution': {
    readonly system: string;
    readonly cause: 'no-potential' | 'driven';
  };
  /** F at one place is wrong against another by `error` kT, from the time step alone. */
  readonly 'time-step-error': {
    readonly integrator: string;
    readonly dt: number;
    readonly shorter: number;
    readonly error: number;
    readonly stderr: number;
    readonly cv: string;
    readonly at: { readonly name: string; readonly value: number };
    readonly against: { readonly name: string; readonly value: number };
  };
  readonly 'spring-too-stiff': {
    readonly spring: number;
    readonly window: number;
    readonly center: number;
    readonly cv: string;
    readonly dt: number;
    readonly safe: number;
    readonly softest: number;
  };
  readonly 'windows-outside-range': {
    readonly centers: readonly number[];
    readonly cv: string;
    readonly low: number;
    readonly high: number;
  };
  readonly 'windows-without-springs': { readonly centers: readonly number[] };
  readonly 'start-replaced': { readonly system: string; readonly cv: string };
  readonly 'mean-force-still-moving': {
    readonly moved: number;
    readonly stderr: number;
    readonly cv: string;
  };
  readonly 'bias-too-rough': { readonly cvs: readonly string[]; readonly dt: number; readonly share: number };
  readonly 'bias-still-growing': { readonly share: number };
  /** Of neighbouring temperatures, in units of kT. */
  readonly 'replicas-disconnected': {
    readonly low: number;
    readonly high: number;
    readonly others: number;
    readonly rate: number;
    readonly leftOut: boolean;
  };
  readonly 'no-round-trips': None;
  readonly 'no-pulls': { readonly budget: number; readonly pulls: number };
  readonly 'few-pulls-dominate': {
    readonly pulls: number;
    readonly effective: number;
    readonly dissipated: number;
  };
  readonly 'pulls-not-equilibrated': { readonly end: 'near' | 'far'; readonly gained: number };
  /** Free-energy difference of both ends by the pulls of each direction, in kT. */
  readonly 'pulls-disagree': {
    readonly there: number;
    readonly back: number;
    readonly apart: boolean;
  };
}

/** How windows were designed. */
interface DesignMessages {
  readonly 'design-pulling': {
    readonly walkers: number;
    readonly places: number;
    readonly cv: string;
    readonly spring: number;
    readonly forceEvaluations: number;
  };
  readonly 'design-no-barrier': { readonly cv: string };
  readonly 'design-barrier': {
    readonly cv: string;
    readonly at: number;
    readonly curvature: number;
    readonly stderr: number;
  };
  readonly 'design-equal-springs': { readonly spring: number; readonly steepest: boolean };
  readonly 'design-springs': { readonly least: number; readonly most: number; readonly factor: number };
  readonly 'design-periodic': { readonly cv: string };
  /** The outermost windows and F there, in kT. */
  readonly 'design-walls': {
    readonly ends: readonly [number, number];
    readonly F: readonly [number, number];
    readonly ceiling: number;
  };
  readonly 'design-spacing': {
    readonly windows: number;
    readonly narrowest: number;
    readonly widest: number;
    readonly distance: number;
    readonly overlap: number;
  };
  readonly 'design-window-limit': { readonly most: number };
  readonly 'design-time-step-suits': { readonly dt: number };
  readonly 'design-time-step-long': { readonly dt: number; readonly limit: number };
  readonly 'design-hysteresis': { readonly work: number; readonly cause: 'hidden-coordinate' | 'speed' };
  readonly 'design-unresolved': None;
}

export interface SamplingMessages
  extends PhaseMessages,
    TraceMessages,
    OfferMessages,
    ProblemMessages,
    WarningMessages,
    DesignMessages {}

export const message = messages<SamplingMessages>();
