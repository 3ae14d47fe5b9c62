/** What the page asks the worker that examines what people typed. */
import type { Examination, Question } from '../systems/examination.ts';

export interface ExamineApi {
  examine(question: Question): Promise<Examination>;
}
