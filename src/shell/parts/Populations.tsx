/** Where the walkers are now, well by well, beside where they would be in equilibrium. */
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import type { WellShares } from './use-wells.ts';

const words = text.parts.populations;

export function Populations({ wells }: { wells: readonly WellShares[] }) {
  return (
    <table className="populations">
      <caption>{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.well}</th>
          <th scope="col" className="bar-column">
            <span className="visually-hidden">{words.bars}</span>
          </th>
          <th scope="col">{words.now}</th>
          <th scope="col">{words.exact}</th>
        </tr>
      </thead>
      <tbody>
        {wells.map(({ name, now, exact }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="bar-column">
              <Bar share={now ?? 0} kind="simulation" />
              <Bar share={exact ?? 0} kind="exact" />
            </td>
            <td className="simulation">{percent(now)}</td>
            <td>{percent(exact)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ share, kind }: { share: number; kind: 'simulation' | 'exact' }) {
  return <i className={`bar ${kind}`} style={{ width: `${100 * share}%` }} />;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${fixed(100 * share, 1)} %`;
}
