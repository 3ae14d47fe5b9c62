/** The bench as a page, for the reader's own machine: what a browser can run of it. */
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { graphicsDevice } from '../src/gpu/choice.ts';
import { cssVariables, palettes } from '../src/plots/palette.ts';
import { messageOf } from '../src/text/index.ts';
import { contest, FULL, QUICK, type Result } from './contest.ts';
import { localContestants, wgslContestant } from './engines.ts';
import { problemOf, STRIDE, SYSTEMS, type SystemId, WALKERS } from './problems.ts';
import { COLUMNS, rowsOf } from './table.ts';
import './page.css';

export function showBench(root: HTMLElement): void {
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  for (const [name, value] of cssVariables(palettes[theme]))
    document.documentElement.style.setProperty(name, value);
  document.title = 'Saddle: bench';
  createRoot(root).render(
    <StrictMode>
      <Bench />
    </StrictMode>,
  );
}

/** `?bench=quick` shows that everything runs, not how fast. */
const schedule = new URLSearchParams(location.search).get('bench') === 'quick' ? QUICK : FULL;

/** Lets the page be drawn between two turns. */
const pause = () => new Promise<void>((resume) => setTimeout(resume, 20));

async function measure(id: SystemId, progress: (text: string) => void): Promise<Result[]> {
  progress(`${id}: warming up`);
  await pause();
  const problem = problemOf(id);
  const device = await graphicsDevice().catch(() => null);
  const contestants = localContestants(problem);
  if (device) contestants.push(await wgslContestant(problem, device));
  const results = await contest(problem, contestants, schedule, async (done) => {
    progress(`${id}: ${Math.round(100 * done)} %`);
    await pause();
  });
  device?.destroy();
  return results;
}

function Bench() {
  const [status, setStatus] = useState<string | null>(null);
  const [results, setResults] = useState<ReadonlyMap<SystemId, readonly Result[]>>(new Map());
  const run = async () => {
    setResults(new Map());
    try {
      for (const id of SYSTEMS) {
        const measured = await measure(id, setStatus);
        setResults((before) => new Map(before).set(id, measured));
      }
      setStatus(null);
    } catch (error) {
      setStatus(`Stopped: ${messageOf(error)}`);
    }
  };
  const busy = status !== null && !status.startsWith('Stopped');
  return (
    <main className="bench">
      <h1>How fast is this machine?</h1>
      <p>
        {WALKERS.toLocaleString('en')} walkers, Euler–Maruyama, recorded every {STRIDE} steps; median of{' '}
        {schedule.repetitions} turns of about {schedule.seconds} s each. Times are nanoseconds per
        walker-step. Beside each speed stands the error of a mean against quadrature, the bias of the time
        step included. It takes about a minute and a half, in which the page now and then stands still.
      </p>
      <button type="button" className="button strong" disabled={busy} onClick={run}>
        Measure
      </button>
      <p role="status">{status}</p>
      {[...results].map(([id, measured]) => (
        <Table key={id} id={id} results={measured} />
      ))}
    </main>
  );
}

function Table({ id, results }: { readonly id: SystemId; readonly results: readonly Result[] }) {
  return (
    <div className="scroll">
      <table>
        <caption>{id}</caption>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(results).map(([name, ...cells]) => (
            <tr key={name} title={results.find((result) => result.name === name)?.about}>
              <th scope="row">{name}</th>
              {cells.map((cell, k) => (
                <td key={COLUMNS[k + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
