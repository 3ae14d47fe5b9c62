import type { ExamineApi } from '../src/core/protocol/examine.ts';
import { examinationOf } from '../src/core/systems/examination.ts';
import { serve } from './serve.ts';

const api: ExamineApi = { examine: async (question) => examinationOf(question) };

serve(api);
