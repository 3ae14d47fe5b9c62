/** Methods that failed: why, and the ways out. */
import type { Experiment } from '../../core/params/experiment.ts';
import { UseSafeStep, useStepAdvice } from '../../shell/parts/StepAdvice.tsx';
import { coupling } from '../../shell/runs/coupling.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';
import { TakeCoupled } from './NotCoupled.tsx';
import type { ScoredMethod } from './use-methods.ts';

const words = text.couple.problems;

export function MethodProblems({
  experiment,
  scored,
}: {
  experiment: Experiment;
  scored: readonly ScoredMethod[];
}) {
  const advice = useStepAdvice(experiment);
  const failed = scored.filter(({ phase }) => phase === 'failed');
  const messages = [...new Set(failed.map(({ message }) => message ?? words.unknown))];
  return messages.map((message) => {
    const methods = failed.filter((one) => (one.message ?? message) === message).map(({ method }) => method);
    return (
      <div className="problem" role="alert" key={message}>
        <p>
          {words.of(
            methods.map((method) => looks[method].name),
            message,
          )}
        </p>
        <UseSafeStep experiment={experiment} advice={advice} />
        {experiment.system === 'two-channel' ? null : <TakeCoupled />}
        <button type="button" className="button" onClick={() => coupling.run(methods)}>
          {words.again}
        </button>
      </div>
    );
  });
}
