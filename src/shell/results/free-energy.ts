/** A free energy in the file of results. */
export interface FreeEnergyResult {
  readonly cv: readonly number[];
  /** kT, minimum 0; null where nothing was visited. */
  readonly F: readonly (number | null)[];
  readonly stderr: readonly (number | null)[];
  /** Null where no exact reference is to be had. */
  readonly exact: readonly number[] | null;
  readonly rmse: number | null;
}
