/** Where the walkers of the windows begin. Layout of snapshots: `[number * walkers + walker]`. */

export interface Starts {
  /** To be given to `BiasedEnsemble.place`. */
  readonly snapshot: Float64Array;
  /** For each walker 1 if it came to its window from the far side. */
  readonly backward: Uint8Array;
}
