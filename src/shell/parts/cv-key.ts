export { cvKey, isLearned } from './derived.ts';
