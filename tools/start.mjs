import { launch } from './setup/launch.mjs';

launch('tools/run-desk.ts');
