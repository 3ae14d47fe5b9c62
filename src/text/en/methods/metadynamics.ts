import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Metadynamics',
  teaches:
    'Gaussian hills are deposited where walkers have been. The wells fill up until walkers move freely, and the accumulated bias approaches −F.',
  parameters: {
    walkers: {
      label: 'Walkers',
      help: 'Number of walkers that build one common bias and share the budget.',
    },
    hillHeight: {
      label: 'Hill height',
      help: 'Height W of the first hill. High hills fill the wells quickly but leave a rough bias.',
    },
    hillWidth: {
      label: 'Hill width',
      help: 'Standard deviation σ of a hill along the collective variable. Along a second collective variable it is scaled with the range.',
    },
    pace: {
      label: 'Steps between hills',
      help: 'Number of steps of a walker between two of its hills.',
    },
    wellTempered: {
      label: 'Well-tempered',
      help: 'The height of new hills decreases with the bias V as W exp(−V/((γ − 1) kT)), so that the bias converges. Otherwise hills keep their height, and F is the time average of −V.',
    },
    biasFactor: {
      label: 'Bias factor',
      help: 'Bias factor γ of well-tempered metadynamics: along the collective variable walkers are distributed as if kT were γ times higher.',
    },
    bins: {
      label: 'Bias grid cells',
      help: 'Number of grid cells of the bias along a collective variable. There are always at least two cells per hill width.',
    },
    cv2: {
      label: 'Second collective variable',
      help: 'A second collective variable on which the bias acts as well. F is shown along the first.',
      options: {
        none: 'none',
      },
    },
    estimator: {
      label: 'Free energy from',
      help: 'Either F = −γ/(γ − 1) V, or the histogram of samples with weights exp((V − c(t))/kT).',
      options: {
        automatic: 'weighted samples if well-tempered, otherwise the bias',
        reweighted: 'weighted samples',
        bias: 'the bias',
      },
    },
  },
};

export default words;
