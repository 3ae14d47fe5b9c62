/** What each window has sampled, and whether anything speaks against it. */
import type { WindowReport } from '../../core/estimators/finding.ts';
import { counted, fixed, short } from '../../text/format.ts';
import { text } from '../../text/index.ts';

const words = text.bias.table;

export function WindowsTable({ windows, cv }: { windows: readonly WindowReport[]; cv: string }) {
  return (
    <details className="windows-table" open>
      <summary>
        <h3>{words.title}</h3>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={words.label}>
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{words.center}</th>
              <th scope="col">{words.spring}</th>
              <th scope="col">{words.mean(cv)}</th>
              <th scope="col" title={words.effective}>
                n<sub>eff</sub>
              </th>
              <th scope="col" title={words.inefficiency}>
                g
              </th>
              <th scope="col" title={words.equilibratedHint}>
                {words.equilibrated}
              </th>
            </tr>
          </thead>
          <tbody>
            {windows.map((report, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two windows may have the same centre
              <Row key={i} number={i + 1} report={report} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function Row({ number, report }: { number: number; report: WindowReport }) {
  const { center, springConstant, mean, effectiveSamples, statisticalInefficiency, equilibrated } = report;
  return (
    <tr data-doubtful={!equilibrated}>
      <th scope="row">{number}</th>
      <td>{fixed(center, 2)}</td>
      <td>{short(springConstant)}</td>
      <td>{fixed(mean, 2)}</td>
      <td>{Number.isFinite(effectiveSamples) ? counted(effectiveSamples) : '–'}</td>
      <td>{short(statisticalInefficiency, 2)}</td>
      <td>{equilibrated ? words.yes : words.no}</td>
    </tr>
  );
}
