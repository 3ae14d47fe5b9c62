/** How walkers move, as the results of a run state it, beside what is exact. */
import type { Measured, Motion } from '../../core/estimators/motion.ts';
import type { ExactMotion, ExactTransport } from '../../core/exact/answers.ts';
import { correlationAt, correlationTime } from '../../core/exact/correlation.ts';

export interface TransportResult {
  readonly displacement: { readonly lag: number[]; readonly mean: number[]; readonly stderr: number[] };
  readonly velocity: Measured;
  readonly diffusion: Measured | null;
  readonly exact: Omit<ExactTransport, 'forces' | 'velocities' | 'diffusions'> | null;
}

export interface CorrelationResult {
  readonly lag: number[];
  readonly value: number[];
  readonly stderr: number[];
  readonly exact: number[] | null;
  readonly integratedTime: Measured | null;
  readonly exactTime: number | null;
}

export interface MotionResults {
  readonly transport: TransportResult | null;
  readonly correlation: CorrelationResult | null;
  readonly kineticTemperature: Measured | null;
}

export function motionResults(motion: Motion, exact: ExactMotion | null): MotionResults {
  const { displacement, velocity, correlation } = motion;
  return {
    transport: displacement &&
      velocity && {
        displacement: {
          lag: [...displacement.lags],
          mean: [...displacement.values],
          stderr: [...displacement.stderr],
        },
        velocity,
        diffusion: motion.diffusion,
        exact: exact?.transport ? numbersOf(exact.transport) : null,
      },
    correlation: correlation && {
      lag: [...correlation.lags],
      value: [...correlation.values],
      stderr: [...correlation.stderr],
      exact: exactCorrelation(correlation.lags, exact),
      integratedTime: motion.integratedTime,
      exactTime: exact?.correlation ? correlationTime(exact.correlation) : null,
    },
    kineticTemperature: motion.kineticTemperature,
  };
}

function exactCorrelation(lags: Float64Array, exact: ExactMotion | null): number[] | null {
  const { correlation } = exact ?? {};
  return correlation ? Array.from(lags, (lag) => correlationAt(correlation, lag)) : null;
}

function numbersOf({ forces: _, velocities: __, diffusions: ___, ...numbers }: ExactTransport) {
  return numbers;
}
