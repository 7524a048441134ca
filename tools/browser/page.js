import { features } from './case.js';

globalThis.radloom = { features };
