/** What speaks against an estimate from restrained windows: each with its place along the cv and what to do. */
import type { Warning } from './finding.ts';
import { message, type Stretch } from './messages.ts';
import type { OverlapVerdict } from './overlap.ts';
import type { WindowMoments, WindowSamples } from './window-samples.ts';

/** Windows without samples; null if there are none. */
export function unsampled(samples: WindowSamples, moments: readonly WindowMoments[]): Warning | null {
  const empty = samples.windows.filter((_, k) => moments[k].samples === 0);
  if (empty.length === 0) return null;
  const centers = empty.map(({ center }) => center);
  const { label } = samples.setting.cv;
  return { id: 'unsampled-window', message: message('windows-without-samples', { centers, cv: label }) };
}

/** From centre to centre between groups of windows: in the order of the centres, wherever the group changes. */
function gapsOf({ windows, setting }: WindowSamples, groups: OverlapVerdict['groups']): Stretch[] {
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
  return {
    id: 'disconnected',
    message: message('windows-disconnected', { groups: groups.length, gaps, cv: cv.label }),
    offer: { label: message('offer-windows-in-gaps', {}), changes: filled(samples, gaps) },
  };
}

/** Centres, and springs, with windows in the gaps as dense as the thermal width of their neighbours asks for. */
function filled({ windows, setting }: WindowSamples, gaps: readonly Stretch[]) {
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
  const offer = { label: message('offer-mbar', {}), changes: { 'method.estimator': 'mbar' } };
  return [{ id: 'springs-left-in', message: message('springs-left-in', {}), offer }];
}
