/** The training that is timed: 3-128-128-128-2, SiLU, Adam, mean squared error. */
export const INPUTS = 3;
export const OUTPUTS = 2;
export const WIDTH = 128;
export const DEPTH = 3;
export const BATCH = 512;
