import { families } from '../src/catalog.ts';
import { Reference } from '../src/core/exact/reference.ts';
import type { ReferenceApi } from '../src/core/protocol/reference.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { serve } from './serve.ts';

const reference: ReferenceApi = new Reference(families);

serve(reference, learnedCvService);
