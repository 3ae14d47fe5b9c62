/** The fastest backend that works, by a short timing of the training at hand. */

import type { BackendId, BackendProbe } from '../core/generative/backends.ts';
import { type Message, Problem, toldBy } from '../core/message.ts';
import { type Architecture, parameterCount } from './architecture.ts';
import { activate, isSoftwareAdapter, readBack } from './backends.ts';
import type { Examples } from './examples.ts';
import { message } from './messages.ts';
import type { Objective } from './objectives.ts';
import { disposeState, initialState } from './optimiser.ts';
import { trainingStep } from './training.ts';

/** From the most often fastest for small networks to the last resort. */
const ORDER: readonly BackendId[] = ['wasm', 'webgpu', 'webgl', 'cpu'];
/** A backend whose first step (which compiles) takes longer is given up. */
const FIRST_STEP_MS = 1500;
const TIMED_STEPS = 5;
/** WebGL spends about 8 ms on issuing the kernels of a step, whatever the graphics card. */
const GOOD_WITHOUT_WEBGL_MS = 10;

export interface Choice {
  readonly backend: BackendId;
  readonly probes: readonly BackendProbe[];
}

/** Switches to a backend and times it: milliseconds of a step; rejects when it fails or its first step exceeds `capMs`. */
export type Timer = (id: BackendId, capMs: number) => Promise<number>;

/** Activates the backend asked for (rejects with the reason if it does not work), or the fastest one. */
export async function chooseBackend(
  request: BackendId | 'auto',
  time: Timer,
  host: Host = { activate, isSoftwareAdapter },
): Promise<Choice> {
  if (request !== 'auto') {
    const milliseconds = await time(request, Number.POSITIVE_INFINITY);
    return { backend: request, probes: [{ id: request, milliseconds, problem: null }] };
  }
  const probes: BackendProbe[] = [];
  for (const id of ORDER) probes.push(await probe(id, fastest(probes), time, host));
  const best = fastest(probes);
  if (!best) throw new Problem(message('no-backend', { probes }));
  await host.activate(best.id);
  return { backend: best.id, probes };
}

/** What the choice asks of the place where it runs. */
interface Host {
  activate(id: BackendId): Promise<void>;
  isSoftwareAdapter(): Promise<boolean>;
}

type Timed = BackendProbe & { readonly milliseconds: number };

function fastest(probes: readonly BackendProbe[]): Timed | undefined {
  const timed = probes.filter((p): p is Timed => p.milliseconds !== null);
  return timed.sort((a, b) => a.milliseconds - b.milliseconds)[0];
}

async function probe(id: BackendId, best: Timed | undefined, time: Timer, host: Host): Promise<BackendProbe> {
  const skipped = await reasonToSkip(id, best, host);
  if (skipped) return { id, milliseconds: null, problem: skipped };
  try {
    const milliseconds = await time(id, FIRST_STEP_MS);
    return { id, milliseconds, problem: null };
  } catch (error) {
    return { id, milliseconds: null, problem: toldBy(error) };
  }
}

async function reasonToSkip(id: BackendId, best: Timed | undefined, host: Host): Promise<Message | null> {
  if (!best) return null;
  if (id === 'cpu') return message('backend-other-works', { backend: best.id });
  if (id === 'webgl' && best.milliseconds < GOOD_WITHOUT_WEBGL_MS)
    return message('backend-other-fast', { backend: best.id });
  if (id === 'webgpu' && (await host.isSoftwareAdapter())) return message('backend-software-adapter', {});
  return null;
}

/** Times the training step of this network. */
export function trainingTimer(
  architecture: Architecture,
  batch: number,
  objective: Objective = 'denoising',
): Timer {
  const run = (count: number) => runSteps(architecture, { batch, objective }, count);
  return async (id, capMs) => {
    await activate(id);
    const begin = performance.now();
    await withinTime(run(1), capMs, id);
    if (performance.now() - begin > capMs) throw tooSlow(id, capMs);
    const warm = performance.now();
    await run(TIMED_STEPS);
    return (performance.now() - warm) / TIMED_STEPS;
  };
}

async function runSteps(
  architecture: Architecture,
  { batch, objective }: { batch: number; objective: Objective },
  count: number,
): Promise<void> {
  const examples: Examples = {
    inputs: new Float32Array(batch * architecture.inputs).fill(0.5),
    targets: new Float32Array(batch * architecture.outputs).fill(0.5),
    weights: null,
    ratios: new Float32Array(batch).fill(1),
    slices: new Float32Array(batch * architecture.outputs).fill(1),
  };
  const settings = { steps: count, learningRate: 1e-3, objective };
  let state = initialState(new Float32Array(parameterCount(architecture)).fill(0.01));
  try {
    for (let step = 0; step < count; step++) {
      const next = trainingStep(state, architecture, examples, step, settings);
      disposeState(state);
      next.loss.dispose();
      state = next.state;
    }
    await readBack(state.parameters);
  } finally {
    disposeState(state);
  }
}

/** The work goes on if it is late, and cleans up after itself; nobody waits for it. */
async function withinTime(work: Promise<void>, capMs: number, id: BackendId): Promise<void> {
  if (!Number.isFinite(capMs)) return work;
  work.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(id, capMs)), capMs);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function tooSlow(id: BackendId, capMs: number): Error {
  return new Problem(message('backend-too-slow', { backend: id, seconds: capMs / 1000 }));
}
