/** Which engine moves the walkers: the graphics device if it wins, several workers if there are cores for them, or one. */
import { WasmEngine } from '../src/core/dynamics/engines/wasm-engine.ts';
import type { ChosenEngine, EngineFactory, Ensemble } from '../src/core/dynamics/step-graph.ts';
import { graphicsDevice, isWorthwhile, timeEngines } from '../src/gpu/choice.ts';
import { ResilientEngine } from '../src/gpu/resilient-engine.ts';
import { Team } from './team.ts';

/** Smaller ensembles are done before a message has crossed. */
const WALKERS_PER_WORKER = 1024;
const MOST_WORKERS = 4;
/** Smaller ensembles do not fill a graphics device. */
const WALKERS_FOR_GRAPHICS = 8192;

export const chosenEngine =
  (cores: number): EngineFactory =>
  async (graph, ensemble, parameters, start) => {
    const chosen =
      (await onGraphics(graph, ensemble, parameters, start)) ??
      (await inTeam(cores, graph, ensemble, parameters)) ??
      ({ id: 'wasm', parts: 1, engine: new WasmEngine(graph, ensemble, parameters) } satisfies ChosenEngine);
    for (const [name, values] of Object.entries(start)) await chosen.engine.write(name, values);
    return chosen;
  };

type Attempt = (...args: Parameters<EngineFactory>) => Promise<ChosenEngine | null>;

const onGraphics: Attempt = async (graph, ensemble, parameters, start) => {
  if (ensemble.walkers < WALKERS_FOR_GRAPHICS) return null;
  // A device that refuses or is lost while it is tried is no reason not to simulate.
  let device: GPUDevice | null = null;
  try {
    device = await graphicsDevice();
    if (device && isWorthwhile(await timeEngines(device, graph, ensemble, parameters, start))) {
      const engine = await ResilientEngine.create(device, graph, ensemble, parameters);
      return { id: 'wgsl', parts: 1, engine };
    }
  } catch {}
  device?.destroy();
  return null;
};

const inTeam = async (
  cores: number,
  graph: Parameters<EngineFactory>[0],
  ensemble: Ensemble,
  parameters: Readonly<Record<string, number>>,
): Promise<ChosenEngine | null> => {
  // Half of them are for the page, exact references and training.
  const free = Math.floor(cores / 2);
  const size = Math.min(free, MOST_WORKERS, Math.floor(ensemble.walkers / WALKERS_PER_WORKER));
  if (size < 2) return null;
  const team = await Team.create(size, graph, ensemble, parameters);
  return { id: 'wasm', parts: team.size, engine: team };
};
