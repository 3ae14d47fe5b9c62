/** Spray, eraser, undo, clear. */
import { FEWEST_STATES } from '../../core/datasets/source.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { plural } from '../../text/format.ts';
import type { Tool } from './DrawingSurface.tsx';
import { changeDrawing, useDrawing } from './own-data.ts';

interface ToolsProps {
  readonly experiment: Experiment;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
}

const TOOLS: readonly (readonly [Tool, string])[] = [
  ['spray', 'Spray'],
  ['erase', 'Erase'],
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
          Undo
        </button>
        <button
          type="button"
          className="chip"
          disabled={count === 0}
          onClick={() => changeDrawing(experiment, (now) => now.begin().clear())}
        >
          Clear
        </button>
      </div>
      <p className="remark">
        {count < FEWEST_STATES
          ? `${plural(count, 'point')}: draw at least ${FEWEST_STATES} before training. They stay in this page, no link holds them.`
          : `${plural(count, 'point')}. They stay in this page, no link holds them.`}
      </p>
    </>
  );
}
