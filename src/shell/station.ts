/** The stations: the folder is the registry. */
import type { ComponentType } from 'react';
import type { Run } from './runs/run.ts';

export interface Station {
  readonly id: string;
  readonly title: string;
  readonly order: number;
  /** What the transport bar steers while the station is open. */
  readonly run: Run;
  readonly View: ComponentType;
}

const modules = import.meta.glob<{ default: Station }>('../stations/*/*.station.tsx', { eager: true });

export const stations: readonly Station[] = Object.values(modules)
  .map((module) => module.default)
  .sort((a, b) => a.order - b.order);

export function stationOf(id: string): Station {
  return stations.find((station) => station.id === id) ?? stations[0];
}
