import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Umbrella sampling',
  teaches:
    'Springs hold walkers at points along the collective variable, including the top of the barrier. Reweighting removes the effect of the springs.',
  parameters: {
    windows: {
      label: 'Windows',
      help: 'Number of evenly spaced windows along the collective variable.',
    },
    low: {
      label: 'From',
      help: 'Centre of the lowest of the evenly spaced windows.',
    },
    high: {
      label: 'To',
      help: 'Centre of the highest of the evenly spaced windows. If the windows cover a full period, the end point is not repeated.',
    },
    centers: {
      label: 'Centres',
      help: 'Centres of the windows, if they are not evenly spaced.',
      empty: 'evenly spaced',
    },
    springConstants: {
      label: 'Spring constants',
      help: 'k of the restraint k/2 (ξ − centre)²: one value for all windows, or one for each. Automatic: the spacing is 1.4 thermal widths sqrt(kT/k), or less if the time step is too long for so stiff a spring.',
      empty: 'automatic',
    },
    walkers: {
      label: 'Walkers per window',
      help: 'Several walkers show whether independent trajectories agree; a single one runs longer and forgets its initial state.',
    },
    start: {
      label: 'Initial states',
      help: 'Pulled: walkers are pulled from the starting point to both ends and left behind at the windows. Exact equilibrium: exact samples of each window. Direct run: the nearest states of an unbiased run.',
      options: {
        dragged: 'pulled to the windows',
        equilibrium: 'exact equilibrium',
        data: 'a direct run',
      },
    },
    estimator: {
      label: 'Estimator',
      help: 'How the samples of all windows are combined into one free energy. The plain histogram ignores the springs: it shows what goes wrong without an estimator.',
      options: {
        mbar: 'MBAR',
        wham: 'WHAM',
        'umbrella-integration': 'umbrella integration',
        'thermodynamic-integration': 'thermodynamic integration',
        histogram: 'plain histogram',
      },
    },
    errors: {
      label: 'Error bars',
      help: 'Bootstrap: walkers and blocks of time are resampled. Asymptotic: from the curvature of the likelihood.',
      options: {
        bootstrap: 'bootstrap',
        asymptotic: 'asymptotic',
      },
    },
    discard: {
      label: 'Discarded share',
      help: 'Share of the beginning of each run that is treated as equilibration and discarded.',
    },
    dragShare: {
      label: 'Budget share for placing walkers',
      help: 'Share of the budget for pulling walkers to their windows, or for the direct run that provides the initial states.',
    },
  },
};

export default words;
