import { families } from '../src/catalog.ts';
import { trainingData } from '../src/core/datasets/training-data.ts';
import { Learner } from '../src/learn/learner.ts';
import { knowing } from './knowing.ts';
import { serve } from './serve.ts';

serve(new Learner(families, trainingData), knowing);
