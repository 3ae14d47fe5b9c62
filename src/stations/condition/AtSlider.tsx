/** The asked value as a slider, over a strip that shows where there are data. */

import type { Experiment } from '../../core/params/experiment.ts';
import { number } from '../../core/params/make.ts';
import { NumberControl } from '../../shell/controls/NumberControl.tsx';
import { settingsFor } from '../../shell/parts/derived.ts';
import { cvOfExperiment, systemOf } from '../../shell/parts/system.ts';
import { useStore } from '../../shell/store.ts';
import { short } from '../../text/format.ts';
import { settingWords, text } from '../../text/index.ts';
import { SUPPORT_BINS, type Support } from './data-support.ts';
import { useMoveTo } from './use-move-to.ts';

const words = text.condition.slider;

interface SliderProps {
  readonly experiment: Experiment;
  readonly at: number;
  readonly support: Support | null;
}

export function AtSlider({ experiment, at, support }: SliderProps) {
  const { label, range } = cvOfExperiment(experiment);
  const moveTo = useMoveTo();
  return (
    <div className="at-slider">
      <NumberControl
        spec={number(at, range, { step: 0.01 })}
        words={{
          label: words.cv(label),
          help: words.help,
        }}
        value={at}
        onChange={moveTo}
      />
      {support && <DataStrip support={support} range={range} label={label} />}
      <OtherValues experiment={experiment} />
      <AlsoSlider experiment={experiment} />
    </div>
  );
}

/** The value of a second variable, if one is chosen. */
function AlsoSlider({ experiment }: { experiment: Experiment }) {
  const change = useStore((store) => store.change);
  const also = systemOf(experiment).cvs.find(({ id }) => id === experiment.also);
  const spec = settingsFor(experiment).alsoAt;
  if (!also || spec.kind !== 'number') return null;
  return (
    <NumberControl
      spec={{ ...spec, step: 0.01 }}
      words={{ ...settingWords('alsoAt', experiment), label: words.second(also.label) }}
      value={experiment.alsoAt}
      onChange={(value) => change('alsoAt', value)}
    />
  );
}

interface StripProps {
  readonly support: Support;
  readonly range: readonly [number, number];
  readonly label: string;
}

function DataStrip({ support: { shares, thin }, range: [low, high], label }: StripProps) {
  const most = shares.reduce((a, b) => Math.max(a, b), 0) || 1;
  const width = 100 / SUPPORT_BINS;
  const percent = (value: number) => (100 * (value - low)) / (high - low);
  const where = thin.map(([a, b]) => words.range(a, b)).join(', ');
  const data = where ? words.fewData(label, where) : words.dataEverywhere(label);
  return (
    <div className="data-strip">
      <svg viewBox="0 0 100 20" preserveAspectRatio="none" role="img" aria-label={words.strip(data)}>
        {thin.map(([a, b]) => (
          <rect className="thin" key={a} x={percent(a)} width={percent(b) - percent(a)} y="0" height="20" />
        ))}
        {Array.from(shares, (share, bin) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            key={bin}
            x={bin * width}
            width={0.86 * width}
            y={20 - (19 * share) / most}
            height={(19 * share) / most}
          />
        ))}
      </svg>
      <p>
        <span>
          <i className="swatch area simulation" />
          {words.trainingData}
        </span>
        {thin.length > 0 && (
          <span>
            <i className="swatch area unvisited" />
            {words.extrapolates}
          </span>
        )}
      </p>
    </div>
  );
}

/** The other values of the list, one press away. */
function OtherValues({ experiment }: { experiment: Experiment }) {
  const change = useStore((store) => store.change);
  const { at } = experiment;
  if (at.length < 2) return null;
  return (
    <p className="other-values">
      {words.otherValues}
      {at.slice(1).map((value, index) => (
        <button
          type="button"
          className="chip"
          key={value}
          onClick={() => change('at', [value, ...at.filter((_, i) => i !== index + 1)])}
        >
          {short(value)}
        </button>
      ))}
    </p>
  );
}
