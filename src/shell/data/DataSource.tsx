/** Where the training data come from: the choice, the data in a small picture, and what they cannot tell. */

import { type DragEvent, useState } from 'react';
import { families } from '../../catalog.ts';
import type { DataPreview } from '../../core/datasets/preview.ts';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { say, text } from '../../text/index.ts';
import { SettingControl } from '../controls/SettingControl.tsx';
import { systemOf } from '../parts/system.ts';
import { useExperiment } from '../store.ts';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { DataCanvas } from './DataCanvas.tsx';
import { DrawingSurface, type Tool } from './DrawingSurface.tsx';
import { DrawingTools } from './DrawingTools.tsx';
import { FileChooser, importFile } from './FileChooser.tsx';
import { useDrawing } from './own-data.ts';
import { type PreviewState, usePreview } from './use-preview.ts';

const words = text.data;

export function DataSource() {
  const experiment = useExperiment();
  const { own, isEquilibrium } = families.datasets[experiment.data];
  const [over, setOver] = useState(false);
  // Exact samples are what the station shows anyway.
  const state = usePreview(experiment, !isEquilibrium);
  const onDrop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    setOver(false);
    if (!file) return;
    event.preventDefault();
    importFile(file, experiment);
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would look like one
    <div
      className="data-source"
      role="group"
      aria-label={words.title}
      data-over={over}
      onDrop={onDrop}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
    >
      <SettingControl name="data" />
      {own === 'drawn' ? (
        <Drawn experiment={experiment} />
      ) : (
        <Picture experiment={experiment} state={state} />
      )}
      {own === 'file' && <FileChooser experiment={experiment} />}
      <ColumnsDialog experiment={experiment} />
      <Findings state={state} coordinates={systemOf(experiment).coordinates} />
    </div>
  );
}

function Drawn({ experiment }: { experiment: Experiment }) {
  const [tool, setTool] = useState<Tool>('spray');
  const drawing = useDrawing(experiment);
  return (
    <>
      <div className="data-picture">
        <DrawingSurface experiment={experiment} tool={tool}>
          <DataCanvas experiment={experiment} states={drawing.states} label={words.drawn(drawing.count)} />
        </DrawingSurface>
      </div>
      <DrawingTools experiment={experiment} tool={tool} onTool={setTool} />
    </>
  );
}

function Picture({ experiment, state }: { experiment: Experiment; state: PreviewState }) {
  const { preview, pending, ask } = state;
  if (ask)
    return (
      <button type="button" className="button" onClick={ask}>
        {words.show}
      </button>
    );
  if (!preview) return pending ? <p className="remark">{words.preparing}</p> : null;
  return (
    <div className="data-picture" aria-busy={pending}>
      <DataCanvas experiment={experiment} states={preview.shown.values} label={words.states(preview.count)} />
    </div>
  );
}

function Findings({ state, coordinates }: { state: PreviewState; coordinates: readonly string[] }) {
  const { preview, problem } = state;
  if (problem)
    return (
      <p className="file-problem" role="alert">
        {problem}
      </p>
    );
  if (!preview) return null;
  return (
    <div role="status">
      <p className="remark">{sizeOf(preview, coordinates)}</p>
      {preview.missed && <p className="data-missed">{say(preview.missed)}</p>}
      {preview.remarks.map((remark) => (
        <p className="remark" key={remark.id}>
          {say(remark)}
        </p>
      ))}
    </div>
  );
}

function sizeOf({ count, ranges, outside, forceEvaluations }: DataPreview, names: readonly string[]): string {
  const spans = ranges.map(([low, high], d) => words.span(inSymbols(names[d]), low, high));
  return words.size(count, spans, forceEvaluations, outside);
}
