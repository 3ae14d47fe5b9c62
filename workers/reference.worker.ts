import { families } from '../src/catalog.ts';
import { Reference } from '../src/core/exact/reference.ts';
import { knowing } from './knowing.ts';
import { serve } from './serve.ts';

serve(new Reference(families), knowing);
