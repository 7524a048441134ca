// The study file's JSON Schema beside the built code, for editors.
import { writeFileSync } from 'node:fs';
import { studyJsonSchema } from '../dist/index.js';

writeFileSync(new URL('../dist/radloom.study.schema.json', import.meta.url), `${JSON.stringify(studyJsonSchema(), null, 2)}\n`);
