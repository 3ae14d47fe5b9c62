/** Where the walkers are now, well by well, beside where they would be in equilibrium. */
import type { Grid, Points } from '../../core/channels.ts';
import type { Basins } from '../../core/exact/basins.ts';
import type { Experiment } from '../../core/experiment.ts';
import { fixed } from '../format.ts';
import { systemOf } from './system.ts';

interface PopulationsProps {
  readonly experiment: Experiment;
  readonly basins: Basins;
  readonly walkers: Points | null;
  readonly cells: Grid | null;
}

export function Populations({ experiment, basins, walkers, cells }: PopulationsProps) {
  const { minima } = systemOf(experiment).facts;
  const now = walkers && sharesOfWalkers(walkers, basins, minima.length);
  const exact = cells && sharesOfCells(cells, basins, minima.length);
  return (
    <table className="populations">
      <caption>Walkers in each well</caption>
      <thead>
        <tr>
          <th scope="col">well</th>
          <th scope="col" className="bar-column">
            <span className="visually-hidden">shares as bars</span>
          </th>
          <th scope="col">now</th>
          <th scope="col">exact</th>
        </tr>
      </thead>
      <tbody>
        {minima.map(({ name }, k) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="bar-column">
              <Bar share={now?.[k] ?? 0} kind="simulation" />
              <Bar share={exact?.[k] ?? 0} kind="exact" />
            </td>
            <td className="simulation">{percent(now?.[k])}</td>
            <td>{percent(exact?.[k])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ share, kind }: { share: number; kind: 'simulation' | 'exact' }) {
  return <i className={`bar ${kind}`} style={{ width: `${100 * share}%` }} />;
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${fixed(100 * share, 1)} %`;
}

function sharesOfWalkers({ values, dimension }: Points, basins: Basins, wells: number): number[] {
  const shares = new Array<number>(wells).fill(0);
  const count = values.length / dimension;
  for (let k = 0; k < count; k++)
    shares[basins.at(values[k * dimension], values[k * dimension + 1])] += 1 / count;
  return shares;
}

function sharesOfCells({ xs, ys, values }: Grid, basins: Basins, wells: number): number[] {
  const shares = new Array<number>(wells).fill(0);
  for (let j = 0; j < ys.length; j++)
    for (let i = 0; i < xs.length; i++) shares[basins.at(xs[i], ys[j])] += values[j * xs.length + i];
  return shares;
}
