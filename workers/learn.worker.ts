import { families } from '../src/catalog.ts';
import { trainingData } from '../src/core/datasets/training-data.ts';
import { Learner } from '../src/learn/learner.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { serve } from './serve.ts';

serve(new Learner(families, trainingData), learnedCvService);
