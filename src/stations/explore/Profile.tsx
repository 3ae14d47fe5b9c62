import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { profileFigure } from '../../plots/profile.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';

/** The first walker of a chain, site by site. */
export function Profile({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, REFRESH.profile);
  const palette = usePalette();
  const { coordinates, domain } = systemOf(experiment);
  const sites = coordinates.length;
  const [low, high] = domain[0];
  const walkers = frame?.walkers;
  const values = walkers?.dimension === sites ? walkers.values : null;
  const figure = useMemo(
    () => profileFigure(values?.subarray(0, sites) ?? [], [low, high], palette),
    [values, sites, low, high, palette],
  );
  return (
    <FigureFrame
      className="strip"
      title={text.explore.profile.title}
      figure={figure}
      summary={text.explore.profile.summary(sites)}
    />
  );
}

/** Whether the coordinates are the sites of a chain: one name, numbered. */
export function isChain(experiment: Experiment): boolean {
  const { coordinates } = systemOf(experiment);
  const stem = coordinates[0].replace(/\d+$/, '');
  return (
    coordinates.length > 2 &&
    coordinates.every((name) => /\d$/.test(name) && name.replace(/\d+$/, '') === stem)
  );
}
