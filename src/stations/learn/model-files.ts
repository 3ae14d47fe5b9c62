/** Models on their way into files and out of them. */
import { families } from '../../catalog.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { ModelFile } from '../../core/protocol/learn.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { ownStatesOf } from '../../shell/data/own-data.ts';
import { learners } from '../../shell/runs/learning.ts';
import { useStore } from '../../shell/store.ts';
import { text } from '../../text/index.ts';

const MEGABYTE = 1024 * 1024;
/** No model of this page is larger: what is, is not read. */
const LARGEST_FILE = 64 * MEGABYTE;
const words = text.learn.files;

/** @throws Error that says what is wrong with the text */
export function parseModel(content: string): unknown {
  if (content.trim() === '') throw new Error(words.empty);
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error(words.notJson(error instanceof Error ? error.message : String(error)));
  }
}

function experimentOf(file: unknown): Experiment | null {
  const link = (file as Partial<ModelFile> | null)?.experiment;
  return typeof link === 'string' ? parseQuery(link, families).experiment : null;
}

/** The station whose model it is; Learn when the file does not say. */
export function stationOfModel(file: unknown): string {
  const station = experimentOf(file)?.station;
  return station && families.stations[station].trains ? station : 'learn';
}

export function nameOfModel({ experiment, step }: Pick<ModelFile, 'experiment' | 'step'>): string {
  const { system, station } = parseQuery(experiment, families).experiment;
  return `saddle-model-${system}-${station}-${step}.json`;
}

/** Takes up the model of a file with its experiment. @throws Error that says what is wrong; the model before stays */
export async function importFile(file: File): Promise<void> {
  if (file.size > LARGEST_FILE)
    throw new Error(words.tooLarge(Math.round(file.size / MEGABYTE), LARGEST_FILE / MEGABYTE));
  const model = parseModel(await file.text());
  const experiment = experimentOf(model);
  await learners[stationOfModel(model)].importModel(model, experiment && ownStatesOf(experiment));
  await useStore.getState().load(String((model as ModelFile).experiment));
}
