/** What speaks against an estimate from restrained windows: each with its place along the cv and what to do. */
import type { Warning } from './finding.ts';
import type { OverlapVerdict } from './overlap.ts';
import type { WindowMoments, WindowSamples } from './window-samples.ts';

const MOST_NAMED = 4;
/** Decimals that tell neighbouring centres apart are enough. */
const DIGITS = 3;

/** A number as a warning says it. */
export function said(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** The first few of a list, and how many more. */
export function listed(items: readonly string[]): string {
  if (items.length > MOST_NAMED) {
    return `${items.slice(0, MOST_NAMED - 1).join(', ')} and ${items.length - MOST_NAMED + 1} more`;
  }
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** Windows without samples; null if there are none. */
export function unsampled(samples: WindowSamples, moments: readonly WindowMoments[]): Warning | null {
  const empty = samples.windows.filter((_, k) => moments[k].samples === 0);
  if (empty.length === 0) return null;
  const one = empty.length === 1;
  const centers = listed(empty.map(({ center }) => said(center)));
  const text = `The window${one ? '' : 's'} at ${centers} along ${samples.setting.cv.label} ${one ? 'has' : 'have'} no samples, so that there is no free energy. Raise the budget, or take ${one ? 'this window' : 'these windows'} out.`;
  return { id: 'unsampled-window', text };
}

/** Two centres, next to each other, between which windows share too little. */
interface Gap {
  readonly low: number;
  readonly high: number;
}

/** Gaps between groups of windows: in the order of the centres, wherever the group changes. */
function gapsOf({ windows, setting }: WindowSamples, groups: OverlapVerdict['groups']): Gap[] {
  const order = windows.map((_, k) => k).sort((a, b) => windows[a].center - windows[b].center);
  const group = windows.map((_, k) => groups.findIndex((members) => members.includes(k)));
  const pairs = order.slice(1).map((k, i) => [order[i], k]);
  const [first, last] = [order[0], order[order.length - 1]];
  const gaps = pairs
    .filter(([a, b]) => group[a] !== group[b])
    .map(([a, b]) => ({ low: windows[a].center, high: windows[b].center }));
  if (setting.cv.periodic && group[first] !== group[last]) {
    const period = setting.cv.range[1] - setting.cv.range[0];
    gaps.push({ low: windows[last].center, high: windows[first].center + period });
  }
  return gaps;
}

/** Windows that share too few samples for a free energy between them; null if all hang together. */
export function disconnected(samples: WindowSamples, { groups }: OverlapVerdict): Warning | null {
  if (groups.length < 2) return null;
  const { cv } = samples.setting;
  const gaps = gapsOf(samples, groups);
  const places = listed(gaps.map(({ low, high }) => `${said(low)} and ${said(high)}`));
  const changes = filled(samples, gaps);
  return {
    id: 'disconnected',
    text: `The windows fall into ${groups.length} groups that share next to no samples: nothing is known of the difference between the sides of the gap between ${places} along ${cv.label}, so that no free energy is shown. Put windows there, or take softer springs.`,
    offer: { label: 'Add windows in the gap', changes },
  };
}

/** Centres, and springs, with windows in the gaps as dense as the thermal width of their neighbours asks for. */
function filled({ windows, setting }: WindowSamples, gaps: readonly Gap[]) {
  const { range, periodic } = setting.cv;
  const all = windows.map((window) => ({ ...window }));
  for (const { low, high } of gaps) {
    const of = (center: number) =>
      windows.find((window) => window.center === center || window.center + range[1] - range[0] === center);
    const spring = Math.max(of(low)?.springConstant ?? 0, of(high)?.springConstant ?? 0);
    const width = spring > 0 ? Math.sqrt(setting.kT / spring) : (high - low) / 2;
    const count = Math.min(MOST_ADDED, Math.max(1, Math.ceil((high - low) / (WIDTHS_APART * width)) - 1));
    for (let i = 1; i <= count; i++) {
      const raw = low + ((high - low) * i) / (count + 1);
      const center = periodic && raw >= range[1] ? raw - (range[1] - range[0]) : raw;
      all.push({ center: Number(center.toPrecision(6)), springConstant: spring });
    }
  }
  all.sort((a, b) => a.center - b.center);
  const springs = all.map(({ springConstant }) => springConstant);
  return {
    'method.centers': all.map(({ center }) => center),
    'method.springConstants': springs.every((value) => value === springs[0]) ? springs.slice(0, 1) : springs,
  };
}

/** Spacing of windows, in thermal widths of their springs, at which neighbours share a good part of their samples. */
const WIDTHS_APART = 1.5;
/** Windows put into one gap at most. */
const MOST_ADDED = 50;

/** The plain histogram counts samples as if there were no springs. */
export function springsLeftIn({ windows }: WindowSamples): Warning[] {
  if (windows.every(({ springConstant }) => springConstant === 0)) return [];
  const text =
    'The plain histogram counts samples as if no spring had pulled them: what it shows is where the windows are. MBAR takes the springs out.';
  const offer = { label: 'Use MBAR', changes: { 'method.estimator': 'mbar' } };
  return [{ id: 'springs-left-in', text, offer }];
}
