/** The bench outside the page: all systems, every contestant that this machine has. */
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import { type Contestant, contest, FULL, QUICK, type Result } from '../contest.ts';
import { localContestants } from '../engines.ts';
import { isByHand, problemOf, STRIDE, SYSTEMS, type SystemId, WALKERS } from '../problems.ts';
import { COLUMNS, type Ratios, ratiosOf, rowsOf, textTable } from '../table.ts';

export { openDevice } from './browser.ts';
export { benchLearning, learningText } from './learning.ts';
export { benchPage, pageText } from './page.ts';

import { type Found, findPeers, Peer } from './peers.ts';

export interface Options {
  readonly quick: boolean;
  /** Folder of the sources of the peers, and where to put what is made of them. */
  readonly peers: string;
  readonly cache: string;
  /** The WGSL engine, or why there is none. */
  openDevice(system: SystemId): Promise<Contestant | string>;
  progress(message: string): void;
}

export interface Report {
  readonly version: 1;
  readonly machine: string;
  readonly node: string;
  /** Programs that wanted to run in the last minute, at the start and at the end; zero where the system does not tell. */
  readonly load: readonly [number, number];
  readonly walkers: number;
  readonly stride: number;
  readonly repetitions: number;
  readonly secondsEach: number;
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
  readonly systems: readonly SystemReport[];
}

interface SystemReport {
  readonly system: SystemId;
  readonly kT: number;
  readonly dt: number;
  readonly results: readonly Result[];
  readonly ratios: Ratios;
}

export async function bench(options: Options): Promise<Report> {
  const [loadBefore] = loadavg();
  const schedule = options.quick ? QUICK : FULL;
  const found = findPeers(options.peers, options.cache);
  const missing = new Map(found.flatMap((peer) => ('missing' in peer ? [[peer.name, peer.missing]] : [])));
  const systems: SystemReport[] = [];
  for (const id of SYSTEMS) {
    const problem = problemOf(id);
    const device = await options.openDevice(id);
    if (typeof device === 'string') missing.set('WGSL', device);
    const peers = found.flatMap((peer: Found) =>
      'missing' in peer || !isByHand(id) ? [] : [new Peer(peer, problem)],
    );
    const contestants = [
      ...localContestants(problem),
      ...(typeof device === 'string' ? [] : [device]),
      ...peers,
    ];
    options.progress(`${id}: ${contestants.length} contestants`);
    const results = await contest(problem, contestants, schedule).finally(() => {
      for (const peer of peers) peer.close();
    });
    systems.push({ system: id, kT: problem.kT, dt: problem.dt, results, ratios: ratiosOf(results) });
  }
  return {
    version: 1,
    machine: machine(),
    node: process.version,
    load: [loadBefore, loadavg()[0]],
    walkers: WALKERS,
    stride: STRIDE,
    repetitions: schedule.repetitions,
    secondsEach: schedule.seconds,
    missing: [...missing].map(([name, reason]) => ({ name, reason })),
    systems,
  };
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${memory} GiB, ${platform()} ${arch()}`;
}

export function reportText(report: Report): string {
  const head = [
    `${report.machine}, Node ${report.node}, load ${report.load.map((load) => load.toFixed(1)).join(' to ')}`,
    `${report.walkers} walkers, Euler–Maruyama, x, x², U and a histogram recorded every ${report.stride} steps;`,
    `medians over ${report.repetitions} turns of about ${report.secondsEach} s each, contestants in turns; so are the ratios`,
    'ns: nanoseconds per walker-step; M/s: million walker-steps per second;',
    'x, U − exact: error of the mean against quadrature ± standard error (both carry the bias of the time step)',
  ];
  const abouts = new Map(
    report.systems.flatMap(({ results }) => results.map(({ name, about }) => [name, about])),
  );
  return [
    ...head,
    ...report.systems.flatMap(systemText),
    '',
    ...[...abouts].map(([name, about]) => `${name}: ${about}`),
    ...report.missing.map(({ name, reason }) => `${name}: not measured, ${reason}`),
  ].join('\n');
}

function systemText({ system, kT, dt, results, ratios }: SystemReport): string[] {
  const lines = [
    ['WebAssembly is', ratios.wasmToLoop, 'times as fast as the TypeScript loop'],
    ['WebAssembly is', ratios.wasmToNumPy, 'times as fast as NumPy'],
    ['a typed energy is', ratios.typedToBuiltIn, 'times as fast as the built-in one'],
    ['a step under springs takes', ratios.harmonicCost, 'times as long as without a bias'],
    ['a step under a bias on a grid takes', ratios.gridCost, 'times as long as without a bias'],
    ['a step under a bias on a grid in x, y takes', ratios.grid2dCost, 'times as long as without a bias'],
  ] as const;
  return [
    '',
    `${system}, kT ${kT}, dt ${dt}`,
    textTable([COLUMNS, ...rowsOf(results)]),
    ...lines.flatMap(([before, ratio, after]) =>
      ratio === null ? [] : [`${before} ${ratio.toFixed(2)} ${after}`],
    ),
  ];
}
