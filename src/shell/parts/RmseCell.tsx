/** The error of a free energy in a table, with the share of its range that was never visited where there is any. */
import { fixed, wholePercent } from '../../text/format.ts';
import { text } from '../../text/index.ts';

interface RmseCellProps {
  readonly rmse: number | null;
  readonly unvisitedShare: number | null;
}

export function RmseCell({ rmse, unvisitedShare }: RmseCellProps) {
  return (
    <td className="rmse">
      {rmse === null ? '–' : fixed(rmse, 2)}
      {unvisitedShare ? (
        <small>
          {wholePercent(unvisitedShare)} {text.parts.unvisited}
        </small>
      ) : null}
    </td>
  );
}
