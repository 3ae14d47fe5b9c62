/** Basins of the stated minima: which of them a walker is in. */
import { linspace } from '../numerics/results.ts';
import { energiesOn } from '../systems/energy-surface.ts';
import type { SystemModel } from '../systems/model.ts';

const NODES = 201;

/** Watershed of the energy on a grid, flooded from the stated minima (F. Meyer, Signal Process. 38, 113 (1994)). */
export class Basins {
  private readonly labels: Int16Array;

  /** @throws Error for systems of more than two coordinates */
  constructor(private readonly model: SystemModel) {
    const { domain, facts } = model.system;
    if (domain.length > 2) throw new RangeError('more than two coordinates');
    const energies = energiesOn(
      model,
      domain.map(([low, high]) => linspace(low, high, NODES)),
    );
    this.labels = flood(
      energies,
      facts.minima.map(({ at }) => this.nodeOf(at)),
    );
  }

  /** Index of the minimum whose basin holds a state; states outside the domain count with its border. */
  at(...state: readonly number[]): number {
    return this.labels[this.nodeOf(state)];
  }

  private nodeOf(state: readonly number[]): number {
    return this.model.system.domain.reduce((node, [low, high], d) => {
      const place = Math.round(((state[d] - low) / (high - low)) * (NODES - 1));
      return node + Math.min(NODES - 1, Math.max(0, place || 0)) * NODES ** d;
    }, 0);
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
    for (const next of neighbours(node, energies.length / NODES))
      if (labels[next] < 0) {
        labels[next] = labels[node];
        queue.push(next);
      }
  return labels;
}

function* neighbours(node: number, rows: number): Iterable<number> {
  const [i, j] = [node % NODES, Math.floor(node / NODES)];
  for (let dj = -1; dj <= 1; dj++)
    for (let di = -1; di <= 1; di++) {
      const [a, b] = [i + di, j + dj];
      if ((di !== 0 || dj !== 0) && a >= 0 && a < NODES && b >= 0 && b < rows) yield b * NODES + a;
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
