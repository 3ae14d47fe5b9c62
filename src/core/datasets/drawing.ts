/** Points drawn by hand in the plane of two coordinates. */
import { NUMBERS_PER_BLOCK, RandomStream } from '../numerics/random.ts';

/** Points of a drawing at most. */
export const MOST_POINTS = 20_000;
/** Strokes that can be undone. */
const LONGEST_MEMORY = 50;

export type Place = readonly [number, number];

/** A change of one drawing into another: every operation gives a new one, and `undo` the one before. */
export class Drawing {
  private constructor(
    /** Row by row. */
    readonly states: Float32Array,
    private readonly past: readonly Float32Array[],
    /** Points ever sprayed: where the next random numbers come from. */
    private readonly sprayed: number,
  ) {}

  static readonly empty = new Drawing(new Float32Array(), [], 0);

  get count(): number {
    return this.states.length / 2;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** What follows is one stroke: `undo` takes it back as a whole. */
  begin(): Drawing {
    if (this.past.at(-1) === this.states) return this;
    return new Drawing(this.states, [...this.past, this.states].slice(-LONGEST_MEMORY), this.sprayed);
  }

  /** `count` points normally distributed about a place, with these standard deviations; no more than the drawing holds. */
  spray([x, y]: Place, [sx, sy]: Place, count: number): Drawing {
    const added = Math.min(count, MOST_POINTS - this.count);
    const stream = new RandomStream(0, 'spray');
    const states = new Float32Array(this.states.length + 2 * added);
    states.set(this.states);
    const normals = new Float64Array(NUMBERS_PER_BLOCK);
    for (let n = 0; n < added; n++) {
      stream.normals(0, this.sprayed + n, normals);
      states[this.states.length + 2 * n] = x + sx * normals[0];
      states[this.states.length + 2 * n + 1] = y + sy * normals[1];
    }
    return new Drawing(states, this.past, this.sprayed + added);
  }

  /** Without the points in an ellipse about a place. */
  erase([x, y]: Place, [rx, ry]: Place): Drawing {
    const { states } = this;
    const kept = new Float32Array(states.length);
    let length = 0;
    for (let i = 0; i < states.length; i += 2) {
      if (((states[i] - x) / rx) ** 2 + ((states[i + 1] - y) / ry) ** 2 <= 1) continue;
      kept[length++] = states[i];
      kept[length++] = states[i + 1];
    }
    return length === states.length ? this : new Drawing(kept.slice(0, length), this.past, this.sprayed);
  }

  clear(): Drawing {
    return new Drawing(new Float32Array(), this.past, this.sprayed);
  }

  undo(): Drawing {
    const before = this.past.at(-1);
    return before ? new Drawing(before, this.past.slice(0, -1), this.sprayed) : this;
  }
}
