import { families } from '../src/catalog.ts';
import { Reference } from '../src/core/exact/reference.ts';
import { serve } from './serve.ts';

serve(new Reference(families));
