/** What the engine chip says of the engines in use. */
import { text } from '../../text/index.ts';
import type { EnginesInUse } from '../station.ts';

const words = text.frame.engines;

export function simulationText(engine: EnginesInUse['simulation']): string {
  if (!engine) return words.simulationLater;
  const name = words.simulates[engine.id];
  return engine.parts > 1 ? words.parallel(name, engine.parts) : name;
}

/** The engine that learns, where there is learning; else the one that simulates. */
export function chipText({ simulation, learning }: EnginesInUse): string {
  if (learning === undefined) return simulationText(simulation);
  return learning === null ? words.notStarted : words.learningOn(words.names[learning]);
}
