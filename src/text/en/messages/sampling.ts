import type { SamplingMessages } from '../../../core/sampling/messages.ts';
import { fixed, listed, percent, short, wholeNumber } from '../../format.ts';
import type { Words } from '../../language.ts';
import { titleIn } from '../members.ts';

const ends = { near: 'at the starting point of the pull', far: 'at the end point of the pull' };
const numbers = (values: readonly number[]) => listed(values.map((value) => short(value)));

export const sampling: Words<SamplingMessages> = {
  'phase-direct': () => 'simulating without a bias',
  'phase-drag': () => 'pulling walkers to their windows',
  'phase-windows': () => 'sampling in the windows',
  'phase-abf': ({ share }) => `the full biasing force acts in ${Math.round(100 * share)} % of the bins`,
  'phase-hills': ({ height, pace }) => `adding hills of ${short(height, 2)} kT every ${pace} steps`,
  'phase-tempering': () => 'simulating and exchanging temperatures',
  'phase-pull-start': () => 'bringing walkers to the starting point',
  'phase-pull-settling': ({ end }) => `equilibrating ${ends[end]}`,
  'phase-pull': ({ direction }) => (direction === 'there' ? 'pulling forward' : 'pulling backward'),
  'phase-pull-over': () => 'pulling finished',

  'trace-walker': ({ walker }) => `walker ${walker + 1}`,
  'trace-dragged': () => 'first pulled walker',
  'trace-full-bias': () => 'bins with full bias',
  'trace-hill-height': () => 'hill height',
  'axis-cv': ({ cv }) => cv,
  'axis-percent': () => '%',
  'axis-energy': () => 'kT',
  'axis-work': () => 'work (kT)',
  'axis-temperature': () => 'temperature (kT)',

  'offer-more-budget': ({ factor }) => `Use ${factor} times the budget`,
  'offer-slower-pull': ({ factor }) => `Pull ${factor} times more slowly`,
  'offer-longer-settling': () => 'Equilibrate longer',
  'offer-direct': () => 'Use direct simulation',
  'offer-integrator': ({ integrator }) => `Use ${titleIn('integrator', integrator)}`,
  'offer-time-step': ({ dt }) => `Use the time step ${short(dt)}`,
  'offer-automatic-springs': () => 'Choose spring constants automatically',
  'offer-windows-in-range': () => 'Keep windows within the range',
  'offer-dragged-start': () => 'Start by dragging',
  'offer-replicas': ({ replicas }) => `Use ${replicas} replicas`,
  'offer-highest-temperature': ({ factor }) => `Use a highest temperature of ${short(factor)} kT`,

  'restraint-needs-budget': ({ least }) =>
    `A restrained simulation needs at least ${wholeNumber(least)} force evaluations.`,
  'restraint-unstable': ({ dt, step, shorter, cv }) =>
    `After ${step} steps the walkers were far outside the domain. Either the energy is not bounded below there, or the spring along ${cv} is too stiff for the time step ${short(dt)}: try ${short(shorter)}.`,
  'springs-and-windows-differ': ({ springs, windows }) =>
    `There are ${springs} spring constants (method.springConstants) for ${windows} windows. Give none, one for all windows, or one for each.`,
  'low-above-high': ({ low, high }) =>
    `The lowest window centre (method.low = ${short(low)}) must be below the highest (method.high = ${short(high)}).`,
  'bias-grid-too-large': ({ width, bins, numbers: size, most }) =>
    `With hills of width ${short(width)} (method.hillWidth) and ${bins} grid cells (method.bins) the bias needs a grid of ${wholeNumber(size)} values, more than the maximum of ${wholeNumber(most)}. Use wider hills or fewer cells.`,
  'pull-spring-too-stiff': ({ spring, dt, stiffest, safe }) =>
    `The spring constant ${short(spring)} is too large for the time step ${short(dt)}: one step would cover more than half of the distance to the centre. Use a spring constant of ${short(stiffest)} or less, or the time step ${short(safe)}.`,
  'design-needs-potential': ({ system }) =>
    `Windows cannot be designed for the system “${titleIn('system', system)}”: it has no equilibrium distribution from which a bias could be removed. Use direct simulation.`,
  'design-needs-budget': ({ least, given }) =>
    `Designing windows needs at least ${wholeNumber(least)} force evaluations; only ${wholeNumber(given)} are available. Increase the budget.`,

  'bins-without-samples': ({ empty, bins, cv, stretches }) =>
    `${empty} of ${bins} bins of ${cv} have no samples (${listed(
      stretches.map(({ low, high }) => `${short(low)} to ${short(high)}`),
    )}), so F is unknown there. Increase the budget to let walkers reach them.`,
  'time-beyond-range': ({ share, cv }) =>
    `Walkers spend ${percent(share)} of the time outside the range of ${cv}, where no bias acts on them. Another collective variable would make better use of the budget.`,
  'no-equilibrium-distribution': ({ system, cause }) =>
    `The system “${titleIn('system', system)}” ${
      cause === 'no-potential'
        ? 'has no potential energy'
        : 'is driven around a ring and has a steady current'
    }. The effect of a bias on its distribution is unknown, so biased walkers give no free energy. Use direct simulation.`,
  'time-step-error': ({ integrator, dt, shorter, error, stderr, cv, at, against }) =>
    `${titleIn('integrator', integrator)} with the time step ${short(dt)} ${error < 0 ? 'lowers' : 'raises'} F at ${cv} = ${short(at.value)} (${at.name}) by about ${short(Math.abs(error), 1)} kT relative to ${cv} = ${short(against.value)} (${against.name}). The error bars (${short(stderr, 1)} kT) do not include this. Use Leimkuhler–Matthews, which is of second order at the same cost, or the time step ${short(shorter)}.`,
  'spring-too-stiff': ({ spring, window, center, cv, dt, safe, softest }) =>
    `The spring constant ${short(spring)} of window ${window + 1} (${cv} = ${short(center)}) is too large for the time step ${short(dt)}: a step would overshoot the centre. Use a time step of ${short(safe)} or less, or a spring constant below ${short(softest)}.`,
  'windows-outside-range': ({ centers, cv, low, high }) =>
    `The ${centers.length === 1 ? 'window at' : 'windows at'} ${cv} = ${numbers(centers)} ${
      centers.length === 1 ? 'is' : 'are'
    } outside the range from ${short(low)} to ${short(high)}. Samples there do not contribute to the free energy, so none is computed. Move the centres into the range.`,
  'windows-without-springs': ({ centers }) =>
    `The ${centers.length === 1 ? 'window at' : 'windows at'} ${numbers(centers)} ${
      centers.length === 1 ? 'has' : 'have'
    } a spring constant of 0, so nothing holds the walkers there and no free energy is computed. Give every window a spring.`,
  'start-replaced': ({ system, cv }) =>
    `Exact equilibrium samples along ${cv} are not available for the system “${titleIn('system', system)}”, so the walkers were dragged to their windows instead.`,
  'mean-force-still-moving': ({ moved, stderr, cv }) =>
    `F changed by ${short(moved, 2)} kT in the second half of the run, more than its error of ${short(stderr, 2)} kT, so its true error is at least that large. A slow coordinate other than ${cv} is not in equilibrium, which the spread between walkers does not show. Choose another collective variable or a much larger budget.`,
  'bias-too-rough': ({ cvs, dt, share }) =>
    `The bias along ${cvs.join(' and ')} is too strongly curved for the time step ${short(dt)}: at ${percent(share)} of the hills a step overshoots the local minimum or maximum of the bias, and the error of F exceeds its error bars. Use MALA, which rejects such steps, a shorter time step, or wider hills.`,
  'bias-still-growing': ({ share }) =>
    `The last hill was ${percent(share)} as high as the first, so the bias has not converged. Increase the budget.`,
  'replicas-disconnected': ({ low, high, others, rate, leftOut }) =>
    `The replicas at ${short(low)} kT and ${short(high)} kT${
      others > 0 ? ` (and ${others} more ${others === 1 ? 'pair' : 'pairs'})` : ''
    } hardly ever exchange: ${percent(rate)} of the attempts are accepted. Configurations found at higher temperatures do not reach the lowest one.${
      leftOut ? ' Samples above the gap are not used.' : ''
    } Use more replicas or a lower highest temperature.`,
  'no-round-trips': () =>
    'No walker has gone from the lowest temperature to the highest and back. The lowest temperature may be missing what the higher ones have found, and the error bars do not show it. Increase the budget or use fewer replicas.',
  'no-pulls': ({ budget, pulls }) =>
    `The budget of ${wholeNumber(budget)} force evaluations is too small for ${pulls} pulls: none of them started. Increase the budget or use fewer pulls.`,
  'few-pulls-dominate': ({ pulls, effective, dissipated }) =>
    `The estimate from ${pulls} pulls rests on about ${fixed(effective, 1)} of them: on average ${fixed(dissipated, 1)} kT are dissipated, and the few pulls with the least work dominate. The error bars are too small. Pull more slowly, with a larger budget.`,
  'pulls-not-equilibrated': ({ end, gained }) =>
    `Walkers were not in equilibrium ${ends[end]}: on average they release ${fixed(gained, 1)} kT, which is impossible from equilibrium. Another coordinate keeps them in the wrong well. Increase the equilibration time or choose another collective variable.`,
  'pulls-disagree': ({ there, back, apart }) =>
    `Forward and backward pulls disagree: the end point lies ${fixed(there, 1)} kT above the starting point by the forward work and ${fixed(back, 1)} kT by the backward work. The walkers do not keep up with the spring.${
      apart ? ' The work distributions do not overlap, so no free energy is shown.' : ''
    } Pull more slowly, with a larger budget.`,

  'design-pulling': ({ walkers, places, cv, spring, forceEvaluations }) =>
    `${walkers} walkers were pulled along ${cv} by a spring of up to ${short(spring)} and stopped at ${places} places, half of the walkers on the way up and half on the way down. Together with shorter trial runs this took ${wholeNumber(forceEvaluations)} force evaluations. The distance by which walkers lag behind the spring gives the slope of F, and their spread gives its curvature.`,
  'design-no-barrier': ({ cv }) => `No place with downward curvature of F was found along ${cv}.`,
  'design-barrier': ({ cv, at, curvature, stderr }) =>
    `The strongest downward curvature of F is ${short(curvature)} ± ${short(stderr)}, at ${cv} = ${short(at)}. A spring weaker than that would give a window with two peaks there.`,
  'design-equal-springs': ({ spring, steepest }) =>
    `All spring constants are ${short(spring)}${steepest ? ', enough for the sharpest barrier' : ''}, so that every window has a single peak.`,
  'design-springs': ({ least, most, factor }) =>
    `Spring constants range from ${short(least)} to ${short(most)}: about ${short(factor)} times the downward curvature nearby, and smaller where F is flat or curves upwards, so that every window has a single peak and is as wide as possible.`,
  'design-periodic': ({ cv }) => `${cv} is periodic, so the windows cover one full period.`,
  'design-walls': ({ ends: [low, high], F, ceiling }) =>
    `Walls limit the outermost windows to ${short(low)} and ${short(high)}, where F is ${short(F[0])} and ${short(F[1])} kT above its minimum; their springs are stiffer for this reason. Regions above ${short(ceiling)} kT are not covered.`,
  'design-spacing': ({ windows, narrowest, widest, distance, overlap }) =>
    `The biased distributions will be ${short(narrowest)} to ${short(widest)} wide (standard deviation), and the ${windows} windows are ${short(distance)} widths apart. The overlap of neighbours is at least ${percent(overlap)} (50 % for identical windows).`,
  'design-window-limit': ({ most }) => `A larger overlap would need more than ${most} windows.`,
  'design-time-step-suits': ({ dt }) => `The time step ${short(dt)} is short enough for these springs.`,
  'design-time-step-long': ({ dt, limit }) =>
    `The time step ${short(dt)} is too long for such stiff springs together with the curvature of F: a step would overshoot the peak of a window. A time step of ${short(limit)} is short enough and is part of this proposal.`,
  'design-hysteresis': ({ work, cause }) =>
    `Forward and backward pulls differ by ${short(work)} kT. ${
      cause === 'hidden-coordinate' ? 'Another coordinate is slow' : 'The pulling was too fast'
    }, so windows may need long runs, and the curvatures are uncertain.`,
  'design-unresolved': () =>
    'Even the stiffest pulling spring did not hold the walkers everywhere: F may have sharper barriers than reported here.',
};
