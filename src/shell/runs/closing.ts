/** The run of station Close: as fast as it can, until it has ended or is stopped. */
import type { CloseFrame } from '../../core/coarse/frame.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { StationRun, type StationRunOptions } from './station-run.ts';
import { closeWorker } from './workers.ts';

export class ClosingClient extends StationRun<Experiment, CloseFrame> {
  /** Wall time that the worker has worked for the run, and the part in which it took no forces: training. */
  seconds = 0;
  secondsWithoutForces = 0;

  constructor(options: StationRunOptions<Experiment, CloseFrame, never>) {
    super(
      {
        budget: 120,
        problemOf: ({ problem }) => problem,
        orderOf: (experiment) => experiment,
        result: 'closing',
        follows: false,
        settling: 0,
        patience: 0,
      },
      options,
    );
  }

  protected override forget(): void {
    this.seconds = 0;
    this.secondsWithoutForces = 0;
  }

  protected override show(frame: CloseFrame, seconds: number): void {
    this.seconds += seconds;
    if (frame.forceEvaluations === this.frame.get()?.forceEvaluations) this.secondsWithoutForces += seconds;
    super.show(frame, seconds);
  }
}

export const closing = new ClosingClient({ worker: closeWorker() });
