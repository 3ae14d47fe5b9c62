/** Basins of the stated minima: which of them a walker is in. */
import { linspace } from '../channels.ts';
import type { Model } from '../model.ts';
import { energiesOn } from './density.ts';

const NODES = 201;

/** Watershed of the energy on a grid, flooded from the stated minima (F. Meyer, Signal Process. 38, 113 (1994)). */
export class Basins {
  private readonly labels: Int16Array;
  private readonly axes: readonly [Float64Array, Float64Array];

  constructor(private readonly model: Model) {
    const [[x0, x1], [y0, y1]] = model.system.domain;
    this.axes = [linspace(x0, x1, NODES), linspace(y0, y1, NODES)];
    const energies = energiesOn(model, ...this.axes);
    const seeds = model.system.facts.minima.map(({ at }) => this.nodeOf(at[0], at[1]));
    this.labels = flood(energies, seeds);
  }

  /** Index of the minimum whose basin holds (x, y); states outside the domain count with its border. */
  at(x: number, y: number): number {
    return this.labels[this.nodeOf(x, y)];
  }

  private nodeOf(x: number, y: number): number {
    const [i, j] = [x, y].map((value, d) => {
      const [low, high] = this.model.system.domain[d];
      const place = Math.round(((value - low) / (high - low)) * (NODES - 1));
      return Math.min(NODES - 1, Math.max(0, place));
    });
    return j * NODES + i;
  }
}

function flood(energies: Float64Array, seeds: readonly number[]): Int16Array {
  const labels = new Int16Array(energies.length).fill(-1);
  const queue = new LowestFirst(energies);
  seeds.forEach((node, label) => {
    labels[node] = label;
    queue.push(node);
  });
  for (let node = queue.pop(); node !== undefined; node = queue.pop())
    for (const next of neighbours(node))
      if (labels[next] < 0) {
        labels[next] = labels[node];
        queue.push(next);
      }
  return labels;
}

function* neighbours(node: number): Iterable<number> {
  const [i, j] = [node % NODES, Math.floor(node / NODES)];
  for (let dj = -1; dj <= 1; dj++)
    for (let di = -1; di <= 1; di++) {
      const [a, b] = [i + di, j + dj];
      if ((di !== 0 || dj !== 0) && a >= 0 && a < NODES && b >= 0 && b < NODES) yield b * NODES + a;
    }
}

/** Binary heap of nodes by energy. */
class LowestFirst {
  private readonly heap: number[] = [];

  constructor(private readonly energies: Float64Array) {}

  push(node: number): void {
    const { heap, energies } = this;
    heap.push(node);
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (energies[heap[parent]] <= energies[heap[i]]) return;
      [heap[parent], heap[i]] = [heap[i], heap[parent]];
      i = parent;
    }
  }

  pop(): number | undefined {
    const { heap, energies } = this;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return top;
    heap[0] = last;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      if (left >= heap.length) return top;
      const child = right < heap.length && energies[heap[right]] < energies[heap[left]] ? right : left;
      if (energies[heap[i]] <= energies[heap[child]]) return top;
      [heap[child], heap[i]] = [heap[i], heap[child]];
      i = child;
    }
  }
}
