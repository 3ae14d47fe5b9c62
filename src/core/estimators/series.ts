/** Frames of each walker in a series `series[walker * frames + frame]`. @throws RangeError if they differ */
export function framesOf(series: ArrayLike<number>, walkers: number): number {
  const frames = series.length / walkers;
  if (!Number.isInteger(frames)) throw new RangeError('unequal-frames');
  return frames;
}
