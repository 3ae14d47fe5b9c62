/** The cloud of states coloured by the coordinate that was learned from it. */

import { useMemo } from 'react';
import type { DiffusionMapResult } from '../../core/coarse/frame.ts';
import { closeSettingsOf } from '../../core/coarse/settings.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { LEARNED_CV, mayLearn } from '../../core/systems/learned-cv.ts';
import { coordinateMapFigure } from '../../plots/coordinate-map.ts';
import { viridisScale } from '../../plots/palette.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { allStations } from '../../shell/station.ts';
import { useStore } from '../../shell/store.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';

const words = text.close.map;

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
  return (
    <>
      <FigureFrame
        className="close-map"
        title={words.title}
        numbers={words.correlation(map.correlation)}
        extra={
          <span className="color-bar">
            {words.scale} <i style={{ background: gradient }} />
          </span>
        }
        figure={figure}
        summary={words.summary({
          states: map.coordinates[0].length,
          distances: map.distances,
          cv: cvs[0].label,
          correlation: map.correlation,
          eigenvalues: [...map.eigenvalues.slice(0, 4)],
        })}
      />
      {mayLearn(systemOf(experiment)) && <UseIt experiment={experiment} />}
    </>
  );
}

/** The coordinate goes along: its trajectory is fixed, whatever is changed there. */
function UseIt({ experiment }: { experiment: Experiment }) {
  const changeAll = useStore((store) => store.changeAll);
  const { time, kT, seed } = experiment;
  const { mapTime, mapTemperature, mapSeed } = closeSettingsOf(experiment);
  const given = (stated: readonly number[], own: number) => (stated.length > 0 ? stated : [own]);
  const fixed = {
    'close.mapTime': given(mapTime, time),
    'close.mapTemperature': given(mapTemperature, kT),
    'close.mapSeed': given(mapSeed, seed),
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
          title={words.useHint}
          onClick={() => changeAll({ ...fixed, cv: LEARNED_CV.id, station: id })}
        >
          {words.use(title)}
        </button>
      ))}
    </div>
  );
}
