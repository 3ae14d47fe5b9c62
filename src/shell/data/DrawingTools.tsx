/** Spray, eraser, undo, clear. */
import { FEWEST_STATES } from '../../core/datasets/own.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { text } from '../../text/index.ts';
import type { Tool } from './DrawingSurface.tsx';
import { changeDrawing, useDrawing } from './own-data.ts';

const words = text.data;

interface ToolsProps {
  readonly experiment: Experiment;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
}

const TOOLS: readonly (readonly [Tool, string])[] = [
  ['spray', words.spray],
  ['erase', words.erase],
];

export function DrawingTools({ experiment, tool, onTool }: ToolsProps) {
  const drawing = useDrawing(experiment);
  const { count } = drawing;
  return (
    <>
      <div className="drawing-tools">
        {TOOLS.map(([id, label]) => (
          <button
            type="button"
            className="chip"
            key={id}
            aria-pressed={tool === id}
            onClick={() => onTool(id)}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          className="chip"
          disabled={!drawing.canUndo}
          onClick={() => changeDrawing(experiment, (now) => now.undo())}
        >
          {words.undo}
        </button>
        <button
          type="button"
          className="chip"
          disabled={count === 0}
          onClick={() => changeDrawing(experiment, (now) => now.begin().clear())}
        >
          {words.clear}
        </button>
      </div>
      <p className="remark">{words.points(count, FEWEST_STATES)}</p>
    </>
  );
}
