/** What each window has sampled, and whether anything speaks against it. */
import type { WindowReport } from '../../core/estimators/finding.ts';
import { counted, fixed, short } from '../../text/format.ts';

export function WindowsTable({ windows, cv }: { windows: readonly WindowReport[]; cv: string }) {
  return (
    <details className="windows-table" open>
      <summary>
        <h3>Windows</h3>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="table-scroll" tabIndex={0} aria-label="Table of windows">
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">centre</th>
              <th scope="col">spring</th>
              <th scope="col">{`mean ${cv}`}</th>
              <th scope="col" title="Effective samples: independent ones that are worth as much">
                n<sub>eff</sub>
              </th>
              <th scope="col" title="Statistical inefficiency: samples for each independent one">
                g
              </th>
              <th
                scope="col"
                title="Nothing speaks against equilibrium: no drift, walkers of different origin agree"
              >
                settled
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
      <td>{equilibrated ? 'yes' : 'no'}</td>
    </tr>
  );
}
