/** Models with their experiment: into a file and out of it. */

import { useRef, useState } from 'react';
import { saveBlob } from '../../shell/figure/PlotView.tsx';
import { REFRESH } from '../../shell/refresh.ts';
import { learners } from '../../shell/runs/learning.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { messageOf, text } from '../../text/index.ts';
import { importFile, nameOfModel } from './model-files.ts';

const client = learners.learn;
const words = text.learn.files;

export function ModelFiles() {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const { step } = useSampled(client.progress, REFRESH.buttons);
  const trained = useSignal(client.trainedOn) !== null && step > 0;
  const attempt = (work: Promise<void>) => {
    setProblem(null);
    setReading(true);
    work.catch((error) => setProblem(messageOf(error))).finally(() => setReading(false));
  };
  return (
    <>
      <div className="model-files">
        <button
          type="button"
          className="button small"
          disabled={!trained}
          title={trained ? words.saveHint : words.noModel}
          onClick={() => attempt(saveModel())}
        >
          {words.save}
        </button>
        <button
          type="button"
          className="button small"
          disabled={reading}
          title={words.loadHint}
          onClick={() => input.current?.click()}
        >
          {reading ? words.reading : words.load}
        </button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={words.label}
          tabIndex={-1}
          hidden
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file may be chosen again.
            target.value = '';
            if (file) attempt(importFile(file));
          }}
        />
      </div>
      {problem && (
        <p className="file-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

async function saveModel(): Promise<void> {
  const model = await client.ask((api) => api.exportModel());
  saveBlob(new Blob([JSON.stringify(model)], { type: 'application/json' }), nameOfModel(model));
}
