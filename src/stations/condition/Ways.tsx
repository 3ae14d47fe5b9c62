/** How samples come to have the asked value: four ways to switch between, with what each of them can be told. */

import { useEffect } from 'react';
import { families } from '../../catalog.ts';
import { usesNetwork } from '../../core/generative/conditioning/uses-network.ts';
import { conditionSettingsOf } from '../../core/generative/generation-settings.ts';
import { type Experiment, settingValue } from '../../core/params/experiment.ts';
import { SettingControl } from '../../shell/controls/SettingControl.tsx';
import { cvOfExperiment, systemOf } from '../../shell/parts/system.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { useStore } from '../../shell/store.ts';
import { settingWords, text } from '../../text/index.ts';
import { client } from './use-conditioned.ts';
import { WAYS, wayOf, weightText } from './ways.ts';

const words = text.condition.methods;

export function Ways({ experiment }: { experiment: Experiment }) {
  const way = wayOf(experiment);
  const { cvs } = systemOf(experiment);
  const second = cvs.find(({ id }) => id === experiment.also);
  const label = cvOfExperiment(experiment).label + (second ? words.and(second.label) : '');
  const several = cvs.length > 1;
  return (
    <section className="ways" aria-label={words.label}>
      <Choices name="condition.by" legend={words.legend} options={WAYS} experiment={experiment} />
      <p className="remark">{lineOf(experiment, way.line(label))}</p>
      <div className="ways-settings">
        {way.settings.map((key) => (
          <SettingControl name={key} key={key} />
        ))}
        {way.settings.includes('condition.weight') && <SettingControl name="denoiser" />}
        {several && <SettingControl name="also" />}
      </div>
      <Weight experiment={experiment} />
      <Prepare experiment={experiment} />
    </section>
  );
}

/** The exact denoiser stands in for any network. */
function lineOf(experiment: Experiment, line: string): string {
  if (experiment.denoiser !== 'exact' || !wayOf(experiment).settings.includes('condition.weight'))
    return line;
  return conditionSettingsOf(experiment).by === 'network' ? words.exactNetwork : words.exactGuidance;
}

interface ChoicesProps {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly { readonly id: string; readonly title: string }[];
  readonly experiment: Experiment;
}

function Choices({ name, legend, options, experiment }: ChoicesProps) {
  const change = useStore((store) => store.change);
  const value = settingValue(experiment, name);
  return (
    <fieldset className="way-choices" title={settingWords(name, experiment).help}>
      <legend>{legend}</legend>
      {options.map(({ id, title }) => (
        <label key={id}>
          <input type="radio" name={name} checked={id === value} onChange={() => change(name, id)} />
          {title}
        </label>
      ))}
    </fieldset>
  );
}

function Weight({ experiment }: { experiment: Experiment }) {
  const trainedOn = useSignal(client.trainedOn);
  const rule = weightText(experiment, Number(trainedOn?.['train.dropCondition'] ?? 0) > 0);
  return rule && <p className="remark">{rule}</p>;
}

/** What needs no training needs data nevertheless: they are made at once, unless that would cost a model that is there. */
function Prepare({ experiment }: { experiment: Experiment }) {
  const trainedOn = useSignal(client.trainedOn);
  const state = useSignal(client.state);
  const refusal = useSignal(client.refusal);
  const lacking = !usesNetwork(experiment, families) && !client.fits(experiment);
  const free = lacking && trainedOn === null && state.phase === 'idle';
  useEffect(() => {
    if (free) client.prepare();
  }, [free]);
  if (refusal)
    return (
      <p className="problem-text" role="status">
        {refusal}
      </p>
    );
  if (!lacking || isBusy(state)) return null;
  return (
    <p className="remark">
      <button type="button" className="button strong" onClick={() => client.prepare()}>
        {words.prepare}
      </button>{' '}
      {words.prepareRemark}
    </p>
  );
}
