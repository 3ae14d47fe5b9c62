import { NUMBERS_PER_BLOCK, type RandomStream } from './random.ts';

/** Uniform numbers of a stream one after the other. */
export class Draws {
  private readonly block = new Float64Array(NUMBERS_PER_BLOCK);
  private drawn = 0;

  /** @param walker whose numbers of the stream these are */
  constructor(
    private readonly stream: RandomStream,
    private readonly walker = 0,
  ) {}

  next(): number {
    const place = this.drawn % NUMBERS_PER_BLOCK;
    if (place === 0) this.stream.uniforms(this.walker, this.drawn / NUMBERS_PER_BLOCK, this.block);
    this.drawn++;
    return this.block[place];
  }

  uniforms(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.next());
  }

  /** One number in each of `count` equal parts of (0, 1), in random order: as even as can be, and each uniform by itself. */
  stratified(count: number): Float64Array {
    const values = Float64Array.from({ length: count }, (_, i) => (i + this.next()) / count);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [values[i], values[j]] = [values[j], values[i]];
    }
    return values;
  }
}
