import fc from 'fast-check';
import { runSeed } from './seed.ts';

// Runs in every test worker before its files: all properties draw from the seed that was printed at the start of the run.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: runSeed() });
