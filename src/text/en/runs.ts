/** What runs and their workers tell. */
export const runs = {
  workers: {
    simulation: 'simulation',
    reference: 'exact reference',
    training: 'training worker',
    biased: 'biased simulation',
    coupled: 'coupled run',
    coarse: 'coarse run',
    data: 'data worker',
    examination: 'worker that examines the energy',
    coordinate: 'worker that learns the slow variable',
  },
  noAnswer: (worker: string, seconds: number) => `The ${worker} has not answered for ${seconds} s`,
  crashed: (worker: string, problem: string) =>
    `The ${worker} stopped: ${problem || 'it could not be loaded'}`,
  unreadable: (worker: string) => `The ${worker} sent an answer that cannot be read`,
  ended: (worker: string) => `The ${worker} was ended by the browser`,
  stopped: 'Stopped',
  trainingStopped: 'The training worker did not answer and was stopped',
  restarting: (reason: string) => `${reason}. Starting another one …`,
  resumed: (reason: string, step: number, engine: string) =>
    `${reason}. A new one has resumed from step ${step}, on ${engine}.`,
  movedTo: (step: number, to: string, from: string, reason: string) =>
    `Training has resumed from step ${step} on ${to}: on ${from}, ${reason}.`,
  changed: (setting: string) => `${setting} changed`,
  walkerMoved: (walker: number) => `Walker ${walker} moved`,
  speeds: { quarter: 'slow', normal: 'normal', fast: 'fast', full: 'unlimited' },
  timePerSecond: (time: string) => `${time} τ per second`,
  forcesPerSecond: (evaluations: string) => `${evaluations} force evaluations per second`,
  fastest: 'as fast as possible',
  results: {
    learning: (phase: string) => `learning the collective variable: ${phase}`,
    preparing: 'preparing data and engine',
    training: 'training',
    references: 'computing exact references',
    distances: 'measuring distances',
    likelihood: 'measuring the likelihood',
    simulating: 'simulating',
  },
};
