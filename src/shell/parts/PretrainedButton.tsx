/** Takes up the model that comes with the page, where there is one for the settings as they are and none in training. */
import { useState } from 'react';
import { messageOf, text } from '../../text/index.ts';
import type { LearnClient } from '../runs/learning.ts';
import { pretrainedAddress, pretrainedModel } from '../runs/pretrained.ts';
import { useSignal } from '../runs/signal.ts';
import { useExperiment } from '../store.ts';

export function PretrainedButton({ client }: { client: LearnClient }) {
  const experiment = useExperiment();
  const { phase } = useSignal(client.state);
  const [fetching, setFetching] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { station } = client;
  if ((phase !== 'idle' && phase !== 'paused') || !pretrainedAddress(experiment, station)) return null;
  const load = async () => {
    setFetching(true);
    try {
      const file = await pretrainedModel(experiment, station);
      if (file === null) throw new Error(text.parts.pretrained.failed);
      await client.importModel(file);
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setFetching(false);
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={load} disabled={fetching}>
        {fetching ? text.parts.pretrained.loading : text.parts.pretrained.use}
      </button>
      {problem && <span role="alert">{problem}</span>}
    </>
  );
}
