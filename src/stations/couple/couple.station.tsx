/** The union of both halves: a model proposes, umbrella sampling disposes, and each mends the other. */

import { useState } from 'react';
import { families } from '../../catalog.ts';
import { coupleSettingsOf } from '../../core/coupling/settings.ts';
import { barrierRemark } from '../../core/exact/barrier.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { BIASED_DYNAMICS, conditions, ofGroup, settingGroups } from '../../shell/controls/setting-groups.ts';
import { evaluations } from '../../shell/parts/costs.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { couplingProblem, cvOfExperiment, startName } from '../../shell/parts/system.ts';
import { ONE_WORKER, useEnginesTried } from '../../shell/parts/training.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { coupling, isAtWork } from '../../shell/runs/coupling.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import type { Cost, EnginesInUse, SettingGroup, StationPage } from '../../shell/station.ts';
import { useExperiment } from '../../shell/store.ts';
import { say, text } from '../../text/index.ts';
import { ConditionalVisits } from './ConditionalVisits.tsx';
import { CoupledFreeEnergy } from './CoupledFreeEnergy.tsx';
import { CoupleLandscape } from './CoupleLandscape.tsx';
import { CouplingWindows } from './CouplingWindows.tsx';
import { Lessons } from './Lessons.tsx';
import { LoopDiagram } from './LoopDiagram.tsx';
import { loopOf, roundText } from './loop.ts';
import { MethodErrors } from './MethodErrors.tsx';
import { MethodProblems } from './MethodProblems.tsx';
import { MethodTable } from './MethodTable.tsx';
import { NotCoupled } from './NotCoupled.tsx';
import { results } from './results.ts';
import { storyOf } from './story.ts';
import { shownMethod, useExactBins, useScoredMethods, withErrorsOf } from './use-methods.ts';
import './couple.css';

function Couple() {
  const experiment = useExperiment();
  const problem = couplingProblem(experiment);
  return problem ? <NotCoupled experiment={experiment} reason={problem} /> : <Loop experiment={experiment} />;
}

function Loop({ experiment }: { experiment: Experiment }) {
  const [chosen, choose] = useState<string | null>(null);
  const records = useSampled(coupling.methods, REFRESH.couple);
  const compared = useSampled(coupling.methods, REFRESH.comparison);
  const exact = useExactBins(experiment);
  const curves = useScoredMethods(experiment, compared, exact);
  const scored = withErrorsOf(useScoredMethods(experiment, records, exact), curves);
  const shown = shownMethod(experiment, records, chosen);
  const record = records.get(shown) ?? null;
  const frame = record?.frame ?? null;
  const rmse = scored.find(({ method }) => method === shown)?.rmse ?? null;
  const { moves: chosenMoves, ceiling } = coupleSettingsOf(experiment);
  const moves = families.coupledMethods[shown].moves && chosenMoves === 'metropolis';
  const coupled = families.coupledMethods[shown].model !== null;
  const ended = scored.filter(({ phase }) => phase === 'finished').length;
  const story = storyOf(record, {
    cv: cvOfExperiment(experiment).label,
    start: startName(experiment),
    moves,
    rmse,
    ceiling,
    ended,
    open: scored.filter(isAtWork).length,
  });
  const { label, periodic } = cvOfExperiment(experiment);
  const remark = exact && barrierRemark(exact.F, label, periodic === true);
  const busy = record?.phase === 'running';
  return (
    <>
      <div className="stage">
        <div className="couple-headline">
          <Headline title={story.title}>{story.text}</Headline>
        </div>
        <Problems run={coupling} />
        {remark && <p className="remark">{say(remark)}</p>}
        <MethodProblems experiment={experiment} scored={scored} />
        <LoopDiagram
          nodes={loopOf(frame, { busy, moves, coupled, rmse })}
          round={roundText(frame)}
          coupled={coupled}
        />
        <CoupleLandscape experiment={experiment} method={shown} frame={frame} />
        <CouplingWindows
          experiment={experiment}
          method={shown}
          frame={compared.get(shown)?.frame ?? null}
          moves={moves}
        />
        <CoupledFreeEnergy experiment={experiment} exact={exact} scored={curves} shown={shown} />
      </div>
      <div className="side">
        <MethodTable experiment={experiment} scored={scored} shown={shown} show={choose} />
        <MethodErrors experiment={experiment} scored={curves} shown={shown} />
        <Lessons experiment={experiment} scored={scored} />
        <ConditionalVisits experiment={experiment} scored={curves} shown={shown} />
      </div>
    </>
  );
}

/** All methods together. */
function useCost(): Cost[] {
  const words = text.frame.cost;
  const records = [...useSampled(coupling.methods, REFRESH.costs).values()];
  const total = (part: 'forceEvaluations' | 'networkEvaluations') =>
    records.reduce((sum, { frame }) => sum + (frame?.[part] ?? 0), 0);
  const busy = records.filter(isAtWork).length;
  return [
    { label: words.methods, value: busy > 0 ? words.inProgress(busy) : String(records.length) },
    evaluations('force', total('forceEvaluations')),
    evaluations('network', total('networkEvaluations')),
  ];
}

function useEngines(): EnginesInUse {
  const records = [...useSignal(coupling.methods).values()];
  const learning = records.find(({ frame }) => frame?.backend)?.frame?.backend ?? null;
  return { simulation: ONE_WORKER, learning, tried: useEnginesTried() };
}

/** Which methods are asked for is chosen in their list. */
function settings(experiment: Experiment): SettingGroup[] {
  const { groups } = text.controls;
  return settingGroups(experiment, [
    [groups.budget, ['budget']],
    [groups.windows, ofGroup('couple', ['windows', 'low', 'high', 'springConstant'])],
    [groups.model, ofGroup('couple', ['moves', 'every', 'rounds'])],
    [groups.conditions, conditions(experiment)],
    [groups.dynamics, BIASED_DYNAMICS],
    [groups.results, ['couple.ceiling']],
  ]);
}

const station: StationPage = {
  title: text.couple.title,
  run: coupling,
  View: Couple,
  problem: couplingProblem,
  settings,
  useCost,
  useEngines,
  configure: (experiment, backend) => coupling.configure(experiment, backend),
  results,
};
export default station;
