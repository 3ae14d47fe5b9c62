import type { EstimatorMessages, WindowsAlong } from '../../../core/estimators/messages.ts';
import { inSymbols } from '../../../core/expression/symbols.ts';
import { listed, percent, short } from '../../format.ts';
import type { Words } from '../../language.ts';

const to = ({ low, high }: { low: number; high: number }) => `${short(low)} to ${short(high)}`;

function inWindows({ count, low, high, cv }: WindowsAlong): string {
  return count === 1
    ? `in the window at ${cv} = ${short(low)}`
    : `in ${count} windows between ${cv} = ${short(low)} and ${short(high)}`;
}

export const estimators: Words<EstimatorMessages> = {
  'windows-without-samples': ({ centers, cv }) =>
    centers.length === 1
      ? `The window at ${cv} = ${short(centers[0])} has no samples, so no free energy can be computed. Increase the budget or remove this window.`
      : `The windows at ${cv} = ${listed(centers.map((center) => short(center)))} have no samples, so no free energy can be computed. Increase the budget or remove these windows.`,
  'windows-disconnected': ({ groups, gaps, cv }) =>
    `The windows form ${groups} groups that hardly overlap. The free-energy difference across the ${
      gaps.length === 1 ? 'gap' : 'gaps'
    } between ${cv} = ${listed(gaps.map(({ low, high }) => `${short(low)} and ${short(high)}`))} is unknown, so no free energy is shown. Add windows there or use weaker springs.`,
  'springs-left-in': () =>
    'The plain histogram ignores the bias of the springs: it shows where the windows are, not the free energy. MBAR removes the bias.',
  'windows-not-equilibrated': ({ windows, drifting, disagreeing }) => {
    const signs = [
      ...(drifting.length > 0 ? [`samples drift (in ${listed(drifting.map(inSymbols))})`] : []),
      ...(disagreeing.length > 0
        ? [`walkers of the same window disagree (in ${listed(disagreeing.map(inSymbols))})`]
        : []),
    ];
    return `Not in equilibrium ${inWindows(windows)}: ${signs.join(', and ')}. Increase the budget or the equilibration time.`;
  },
  'windows-hysteresis': ({ windows, coordinates }) =>
    `Walkers that came from opposite sides disagree (in ${listed(coordinates.map(inSymbols))}) ${inWindows(windows)}. A barrier in another direction has not been crossed, and the error of F is at least as large as this difference. Increase the budget or choose a collective variable that distinguishes the two sides.`,
  'few-independent-samples': ({ windows, least, needed }) =>
    `Fewer than ${needed} independent samples (as few as ${short(least)}) ${inWindows(windows)}: the error bars are not reliable there. Increase the budget or use fewer windows.`,
  'samples-outside-range': ({ share, cv, side, end }) =>
    `${percent(share)} of the samples lie outside the range of ${cv}, most of them ${side} ${short(end)}, and do not contribute to F. Move those windows into the range.`,
  'range-not-covered': ({ cv, stretches }) =>
    `There are no samples at ${cv} from ${listed(stretches.map(to))}, so F is unknown there. Add windows there if this region matters.`,
  'offer-windows-in-gaps': () => 'Add windows in the gap',
  'offer-mbar': () => 'Use MBAR',
};
