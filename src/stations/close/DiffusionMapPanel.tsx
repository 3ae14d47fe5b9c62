/** The cloud of states coloured by the coordinate that was learned from it. */
import { useMemo } from 'react';
import type { DiffusionMapResult } from '../../core/coarse/frame.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { ParamValue } from '../../core/params/params.ts';
import { LEARNED_CV, mayLearn } from '../../core/systems/learned-cv.ts';
import { coordinateMapFigure } from '../../plots/coordinate-map.ts';
import { viridisScale } from '../../plots/palette.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { allStations } from '../../shell/station.ts';
import { useStore } from '../../shell/store.ts';
import { usePalette } from '../../shell/theme.ts';
import { fixed, plural } from '../../text/format.ts';

interface MapProps {
  readonly experiment: Experiment;
  readonly map: DiffusionMapResult;
}

export function DiffusionMapPanel({ experiment, map }: MapProps) {
  const palette = usePalette();
  const { coordinates: names, cvs } = systemOf(experiment);
  const figure = useMemo(
    () => coordinateMapFigure(map.states, map.coordinates[0], { names }, palette),
    [map, names, palette],
  );
  const gradient = `linear-gradient(90deg, ${viridisScale()
    .filter((_, index) => index % 4 === 0)
    .map(([t, color]) => `${color} ${100 * t}%`)
    .join(', ')})`;
  const correlation = fixed(map.correlation, 2);
  return (
    <>
      <FigureFrame
        className="close-map"
        title="A slow variable from data"
        numbers={`correlation ${correlation}`}
        extra={
          <span className="color-bar">
            learned coordinate <i style={{ background: gradient }} />
          </span>
        }
        figure={figure}
        summary={`${plural(map.coordinates[0].length, 'state')} coloured by the first coordinate of a diffusion map with ${map.distances} distances; its correlation with ${cvs[0].label} is ${correlation}. Leading eigenvalues: ${Array.from(map.eigenvalues.slice(0, 4), (value) => fixed(value, 3)).join(', ')}.`}
      />
      {mayLearn(systemOf(experiment)) && <UseIt experiment={experiment} />}
    </>
  );
}

/** The coordinate goes along: its trajectory is fixed, whatever is changed there. */
function UseIt({ experiment }: { experiment: Experiment }) {
  const changeAll = useStore((store) => store.changeAll);
  const { time, kT, seed } = experiment;
  const fixed = {
    'close.mapTime': numberOf(experiment['close.mapTime']) ?? [time],
    'close.mapTemperature': numberOf(experiment['close.mapTemperature']) ?? [kT],
    'close.mapSeed': numberOf(experiment['close.mapSeed']) ?? [seed],
  };
  const stations = allStations().filter(
    ({ takesLearnedCv, problem }) => takesLearnedCv && !problem?.(experiment),
  );
  return (
    <div className="comparison-buttons">
      {stations.map(({ id, title }) => (
        <button
          type="button"
          className="button"
          key={id}
          title="Takes the learned coordinate as the slow variable there"
          onClick={() => changeAll({ ...fixed, cv: LEARNED_CV.id, station: id })}
        >
          {`Use it in ${title}`}
        </button>
      ))}
    </div>
  );
}

function numberOf(value: ParamValue): readonly number[] | null {
  return Array.isArray(value) && value.length > 0 ? value : null;
}
